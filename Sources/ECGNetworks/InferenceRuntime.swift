import COpenVINO
import Foundation

/// The library that runs networks, found and opened when it is first needed.
///
/// The program is built without it and says what is missing when it is not there.
public struct InferenceRuntime: Sendable {
  /// The library's own version.
  public let version: String

  /// The outcome of the one attempt to open it.
  private static let opened: Result<InferenceRuntime, NetworkError> = {
    var reasons: [String] = []
    for folder in folders {
      guard FileManager.default.fileExists(atPath: folder) else { continue }
      var reason = [CChar](repeating: 0, count: 512)
      if ein_ov_load(folder, &reason, reason.count) == 0 {
        return .success(InferenceRuntime(version: String(cString: ein_ov_version())))
      }
      reasons.append(text(reason))
    }
    let why = reasons.first.map { " (\($0))" } ?? ""
    return .failure(
      NetworkError(
        .noRuntime,
        "The library that runs networks, OpenVINO, was not found\(why). Run `make setup`, or "
          + "name its folder in EINTHOVEN_OPENVINO."))
  }()

  /// Opens the library, or says why it cannot be.
  public static func shared() throws(NetworkError) -> InferenceRuntime { try opened.get() }

  /// Where it may lie: named by the person, in the working folder's or the program's `.deps`,
  /// beside the program, in the system.
  private static var folders: [String] {
    let inside = ".deps/openvino/openvino/libs"
    var folders: [String] = []
    if let named = ProcessInfo.processInfo.environment["EINTHOVEN_OPENVINO"] {
      folders += [named, named + "/openvino/libs"]
    }
    folders.append(FileManager.default.currentDirectoryPath + "/" + inside)
    var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? ".")
      .resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<6 {
      folders.append(folder.appendingPathComponent(inside).path)
      folders.append(folder.appendingPathComponent("openvino").path)
      folder.deleteLastPathComponent()
    }
    return folders + ["/usr/lib/x86_64-linux-gnu", "/usr/local/lib"]
  }
}
