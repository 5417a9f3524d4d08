import Foundation

/// A folder of a suite's own, gone when the test is over.
final class ScratchFolder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("training-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: url) }
}
