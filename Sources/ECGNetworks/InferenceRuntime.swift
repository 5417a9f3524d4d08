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

  /// Where it may lie: in the folder that EINTHOVEN_OPENVINO names, in the `.deps` of the package
  /// that the program was built in, in `lib/einthoven` beside an installed program, in the system.
  private static var folders: [String] {
    let named = LibraryPlaces.named("EINTHOVEN_OPENVINO")
    return (named.map { [$0, $0 + "/openvino/libs"] } ?? [])
      + (LibraryPlaces.ofPackage.map { [$0 + "/openvino/openvino/libs"] } ?? [])
      + [LibraryPlaces.ofProgram.appendingPathComponent("../lib/einthoven").standardized.path]
      + ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/local/lib"]
  }
}
