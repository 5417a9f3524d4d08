import Foundation
import Glibc

/// How far a command has come, on standard error, where a person looks at it.
struct Progress: Sendable {
  private let name: String
  private let total: Int
  private let isSeen = isatty(2) == 1

  /// Counts to `total`.
  init(_ name: String, of total: Int) {
    self.name = name
    self.total = total
  }

  /// Shows that `done` are done; the line is wiped at the end.
  func show(_ done: Int) {
    guard isSeen else { return }
    let line = done < total ? "\r\(name): \(done) of \(total)" : "\r\u{1B}[K"
    FileHandle.standardError.write(Data(line.utf8))
  }
}
