import Dispatch
import ECGNetworks
import Foundation
import Synchronization

/// Threads that prepare networks, and how they are brought to an end.
enum NetworkPreparation {
  private static let underway = DispatchGroup()
  private static let isEnding = Mutex(false)

  /// Prepares networks on a thread of its own.
  static func onThread(_ work: @escaping @Sendable () -> Void) {
    underway.enter()
    Thread.detachNewThread {
      work()
      underway.leave()
    }
  }

  /// - Throws: `NetworkError` once the process is about to end.
  static func mayGoOn() throws(NetworkError) {
    if isEnding.withLock({ $0 }) {
      throw NetworkError(.cannotRun, "The program was ending before the network was ready.")
    }
  }

  /// Lets nothing new be prepared, and waits for what is.
  static func end() {
    isEnding.withLock { $0 = true }
    underway.wait()
  }
}
