internal import Synchronization

/// Fonts are used by one thread at a time: Cairo 1.16 keeps them in a cache that does not bear two.
package enum FontUse {
  private static let lock = Mutex(())

  /// Does `work`, in which fonts are chosen, used and let go of; never one inside another.
  package static func alone<Result>(_ work: () -> Result) -> Result {
    lock.withLock { _ in work() }
  }
}
