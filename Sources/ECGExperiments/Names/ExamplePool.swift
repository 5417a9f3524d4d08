import Foundation
import Synchronization

/// Draws examples on threads of their own while a step is computed, and replays old ones.
///
/// Half of a batch is fresh, half is drawn from the last examples: drawing costs about as
/// much as learning.
final class ExamplePool<Example: Sendable>: Sendable {
  private struct State {
    var fresh: [Example] = []
    var old: [Example] = []
    var next: UInt64 = 0
    var isStopped = false
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)
  private let capacity: Int
  private let draw: @Sendable (UInt64) -> Example

  /// - Parameters:
  ///   - capacity: how many old examples are kept.
  ///   - draw: makes the example with a number.
  init(threads: Int, capacity: Int, draw: @escaping @Sendable (UInt64) -> Example) {
    self.capacity = capacity
    self.draw = draw
    for _ in 0..<threads {
      Thread.detachNewThread { self.work() }
    }
  }

  /// Stops drawing.
  func stop() { state.withLock { $0.isStopped = true } }

  private func work() {
    while true {
      let number = state.withLock { state -> UInt64? in
        guard !state.isStopped else { return nil }
        guard state.fresh.count < 64 else { return .max }
        defer { state.next += 1 }
        return state.next
      }
      guard let number else { return }
      if number == .max {
        usleep(3000)
        continue
      }
      let example = draw(number)
      state.withLock { $0.fresh.append(example) }
      changed.signal()
    }
  }

  /// A batch: `fresh` examples that were never seen, the rest replayed.
  func batch(
    count: Int, fresh: Int, using generator: inout some RandomNumberGenerator
  ) -> [Example] {
    for _ in 0..<fresh { changed.wait() }
    // Random numbers are drawn outside the lock, since the generator is not sendable.
    let picks = (0..<count).map { _ in Int.random(in: 0..<Int.max, using: &generator) }
    return state.withLock { state in
      let new = Array(state.fresh.prefix(fresh))
      state.fresh.removeFirst(new.count)
      state.old += new
      if state.old.count > capacity { state.old.removeFirst(state.old.count - capacity) }
      return new + picks.prefix(count - new.count).map { state.old[$0 % state.old.count] }
    }
  }
}
