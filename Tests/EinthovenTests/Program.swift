import ECGImaging
import ECGSynthesis
import ECGTestSupport
import Foundation
import Testing

/// The built program, run in a folder of its own.
struct Program {
  /// What a run left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  private let scratch = ScratchFolder()
  /// The working folder.
  var folder: URL { scratch.url }

  init() throws {}

  /// Removes the working folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The executable beside the test bundle: both come from one build.
  static let executable: URL = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("einthoven")
  }()

  /// A small page that can be read, drawn once.
  static let page: Result<Data, any Error> = Result { try ExamplePage.scan.make().file }

  /// Puts a file into the working folder, with the folders it needs.
  func put(_ data: Data, _ path: String) throws { try scratch.write(data, path) }

  /// Puts a page that can be read into the working folder.
  func putPage(_ path: String) throws { try put(Program.page.get(), path) }

  /// Every file in the working folder below `path`, sorted.
  func files(_ path: String = ".") -> [String] {
    let root = folder.appendingPathComponent(path).path
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let inner = root + "/" + name
      return FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// The text of a file in the working folder.
  func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  /// Runs a line of shell in the working folder.
  func shell(_ line: String, environment: [String: String]? = nil) throws -> Outcome {
    try run(
      ["-c", line], executable: URL(fileURLWithPath: "/bin/bash"), environment: environment)
  }

  /// Runs the program with `arguments`, in the working folder.
  func run(
    _ arguments: [String], input: Data = Data(), executable: URL = Program.executable,
    environment: [String: String]? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    if let environment { process.environment = environment }
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // Files, not pipes: a full pipe would stop the program.
    let files = ScratchFolder()
    defer { withExtendedLifetime(files) {} }
    let inFile = try files.write(input, "in")
    let (outFile, errorFile) = (try files.write(Data(), "out"), try files.write(Data(), "errors"))
    process.standardInput = try FileHandle(forReadingFrom: inFile)
    process.standardOutput = try FileHandle(forWritingTo: outFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try String(contentsOf: outFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }
}
