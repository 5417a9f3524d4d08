import Dispatch
import ECGNetworks
import Foundation
import Synchronization

/// Threads that prepare networks, and what happens to them when the process ends.
///
/// What the inference library takes down at the end of the process must not be in use by then: the
/// end waits for networks that are being prepared, and none is begun any more.
enum NetworkPreparation {
  private static let underway = DispatchGroup()
  private static let isEnding = Atomic(false)

  /// Prepares networks on a thread of its own.
  static func onThread(_ work: @escaping @Sendable () -> Void) {
    underway.enter()
    _ = waitsAtExit
    Thread.detachNewThread {
      _ = try? InferenceRuntime.shared()
      _ = waitsAtExitOfLibrary
      work()
      underway.leave()
    }
  }

  /// - Throws: `NetworkError` once the process is about to end.
  static func mayGoOn() throws(NetworkError) {
    if isEnding.load(ordering: .relaxed) {
      throw NetworkError(.cannotRun, "The program was ending before the network was ready.")
    }
  }

  // What is registered last is called first: once before the library is opened, for an end while
  // it is being opened, and once behind it.
  private static let waitsAtExit: Void = wait()
  private static let waitsAtExitOfLibrary: Void = wait()

  private static func wait() {
    atexit {
      NetworkPreparation.isEnding.store(true, ordering: .relaxed)
      NetworkPreparation.underway.wait()
    }
  }
}
