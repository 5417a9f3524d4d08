import ArgumentParser
import ECGCommandSupport
import ECGFormats
import Foundation
import Glibc

/// The folder that `-o` names.
enum OutputFolder {
  /// - Throws: `ValidationError` for what can be no folder.
  static func url(_ typed: String) throws -> URL {
    guard !typed.isEmpty else { throw ValidationError("-o needs the name of a folder.") }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: typed, isDirectory: &isFolder), !isFolder.boolValue {
      throw ValidationError("-o names a folder for the results, and \(typed) is a file.")
    }
    return URL(fileURLWithPath: typed, isDirectory: true)
  }
}

extension DigitizePlan {
  /// Makes the output folder and sees whether files can be made in it, before any page is read.
  ///
  /// - Throws: `ExitCode` 2, after a sentence on standard error.
  func prepareOutput() throws {
    guard let outputFolder else { return }
    let probe = outputFolder.appendingPathComponent(".einthoven-\(getpid()).part")
    do {
      try FileManager.default.createDirectory(
        at: outputFolder, withIntermediateDirectories: true)
      try Data([0]).write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      try? FileManager.default.removeItem(at: probe)
      let reason = AtomicFile.reason(error)
      Console.errors.write(
        "No results can be written to \(RawPath(outputFolder.path).shown)\(reason). "
          + "Check its permissions and the space on its disk, or name another folder with -o.\n")
      throw ExitCode(2)
    }
  }
}
