import Foundation
import Glibc

/// How far a command has come, on standard error, where a person looks at it.
package struct Progress: Sendable {
  private let name: String
  private let total: Int
  private let isSeen = isatty(2) == 1

  /// Counts to `total`.
  package init(_ name: String, of total: Int) {
    self.name = name
    self.total = total
  }

  /// Shows that `done` are done; the line is wiped at the end.
  package func show(_ done: Int) {
    guard isSeen else { return }
    let line = done < total ? "\r\(name): \(done) of \(total)" : "\r\u{1B}[K"
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// Does as many jobs as are counted, `jobs` at the same time, and shows how far they are.
  ///
  /// - Returns: their results by number.
  package func results<Outcome: Sendable>(
    jobs: Int, _ job: @Sendable @escaping (Int) -> Outcome
  ) async -> [Outcome] {
    await withTaskGroup(of: (Int, Outcome).self) { group in
      var waiting = (0..<total).makeIterator()
      func startNext() {
        guard let k = waiting.next() else { return }
        group.addTask { (k, job(k)) }
      }
      for _ in 0..<jobs { startNext() }
      var done: [(Int, Outcome)] = []
      for await result in group {
        done.append(result)
        show(done.count)
        startNext()
      }
      return done.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
