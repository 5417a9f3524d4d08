import Dispatch
package import ECGNetworks
import Synchronization

/// Something that takes a while to make, made on another thread: whoever asks waits for it.
package final class Preparing<Value: Sendable>: Sendable {
  private let outcome: Mutex<Result<Value, NetworkError>?>
  private let made = DispatchGroup()

  /// Nothing yet; ``make(_:)`` is to be called once.
  init() {
    outcome = Mutex(nil)
    made.enter()
  }

  /// What is known already.
  init(_ result: Result<Value, NetworkError>) { outcome = Mutex(result) }

  /// Makes it, unless the process is about to end, and wakes who waits.
  func make(_ work: () throws(NetworkError) -> Value) {
    let result = Result { () throws(NetworkError) in
      try NetworkPreparation.mayGoOn()
      return try work()
    }
    outcome.withLock { $0 = result }
    made.leave()
  }

  /// What was made, or why it could not be; waits until that is known.
  package func get() throws(NetworkError) -> Value {
    made.wait()
    guard let result = outcome.withLock({ $0 }) else {
      preconditionFailure("The group is left when the outcome is known")
    }
    return try result.get()
  }
}
