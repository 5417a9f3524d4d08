import ECGCommandSupport
import Foundation
import Glibc
import Synchronization

/// Ctrl-C: the first finishes the pages that are being read and begins no other, the second stops
/// at once.
final class Interrupt: Sendable {
  private let asked = Atomic(false)
  private nonisolated(unsafe) let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [weak self] in self?.ask() }
    source.resume()
  }

  private func ask() {
    guard asked.exchange(true, ordering: .relaxed) else {
      Console.errors.write(
        "\nFinishing the pages that are being read; press Ctrl-C again to stop at once.\n")
      return
    }
    WorkerProcess.stopAll()
    // At once: pages are being read, and what they use must not be taken down.
    _exit(130)
  }

  /// Whether the person asked to stop.
  var wasAsked: Bool { asked.load(ordering: .relaxed) }
}
