package import Foundation

/// A folder of a test's own, gone when the test is over.
package final class ScratchFolder {
  /// Where it is; it exists.
  package let url: URL

  /// Creates the folder.
  package init() {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("einthoven-test-\(UUID().uuidString)")
    // Where that fails, so does whatever is written there.
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, with the folders it needs.
  @discardableResult
  package func write(_ data: Data, _ path: String) throws -> URL {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }

  /// Writes text, with the folders it needs.
  @discardableResult
  package func write(_ text: String, _ path: String) throws -> URL {
    try write(Data(text.utf8), path)
  }
}
