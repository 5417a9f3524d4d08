import Foundation
import Glibc

/// Writes files that appear whole or not at all: what was there before stays until the new
/// contents are on the disk.
enum SafeFile {
  /// - Throws: `TrainingError` that says why and that the file before is untouched.
  static func write(_ data: Data, to url: URL) throws(TrainingError) {
    let part = url.appendingPathExtension("part")
    func failed(_ step: String, _ code: Int32) -> TrainingError {
      unlink(part.path)
      return TrainingError(
        "\(url.lastPathComponent) cannot be \(step): \(String(cString: strerror(code))). What was "
          + "written before is untouched.")
    }
    let file = open(part.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failed("opened", errno) }
    var code: Int32 = 0
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count, let base = bytes.baseAddress {
        let count = Glibc.write(file, base + done, bytes.count - done)
        if count < 0 {
          if errno == EINTR { continue }
          code = errno
          return
        }
        done += count
      }
    }
    if code == 0, fsync(file) != 0 { code = errno }
    if close(file) != 0, code == 0 { code = errno }
    guard code == 0 else { throw failed("written", code) }
    guard rename(part.path, url.path) == 0 else { throw failed("put in place", errno) }
  }
}
