package import Foundation
import Glibc
import Synchronization

/// Standard output or standard error: written at once, and never the end of the program.
///
/// A log on a full disk or a reader that went away must not cost a page: what cannot be written is
/// dropped, and ``failure`` tells of it.
package final class Console: Sendable {
  package static let output = Console(STDOUT_FILENO)
  package static let errors = Console(STDERR_FILENO)

  private let descriptor: Int32
  private let firstFailure = Mutex<Int32>(0)

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Why something could not be written, in the system's words; `nil` if all was.
  package var failure: String? {
    let number = firstFailure.withLock { $0 }
    return number == 0 ? nil : String(cString: strerror(number))
  }

  package func write(_ text: String) { write(Data(text.utf8)) }

  package func write(_ data: Data) {
    firstFailure.withLock { failure in
      data.withUnsafeBytes { bytes in
        var done = 0
        while done < bytes.count {
          let count = Glibc.write(
            descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
          if count > 0 {
            done += count
          } else if errno != EINTR {
            if failure == 0 { failure = errno }
            return
          }
        }
      }
    }
  }

  /// Makes sure that the three standard files are open, so that no picture or result takes the
  /// number of one that was closed, and that a reader that goes away ends nothing.
  package static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for (descriptor, mode) in [(0, O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)] as [(Int32, Int32)]
    where fcntl(descriptor, F_GETFD) == -1 {
      // Standard output is opened for reading, so that what is printed is seen to fail.
      _ = open("/dev/null", mode)
    }
  }
}
