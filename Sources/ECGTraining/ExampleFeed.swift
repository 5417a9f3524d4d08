import ECGNumerics
import Foundation

/// Draws examples on threads of their own while steps are computed, and shows old ones again.
///
/// Which examples a step gets depends on the seed and the step alone, so that a run that is
/// resumed sees what it would have seen; examples that are gone are drawn anew. Memory is bounded
/// by the number of examples that may be shown again.
final class ExampleFeed: @unchecked Sendable {
  private let draw: @Sendable (UInt64) throws -> TrainingExample
  private let settings: TrainingSettings
  private let condition = NSCondition()
  // All below are guarded by the condition.
  private var ready: [UInt64: TrainingExample] = [:]
  private var underWay: Set<UInt64> = []
  private var asked: [UInt64] = []
  private var next: UInt64
  private var end: UInt64
  private var failure: (any Error)?
  private var isStopped = false

  /// - Parameter batches: of the run so far, each with `settings.fresh` new examples.
  init(
    settings: TrainingSettings, batches: Int,
    draw: @escaping @Sendable (UInt64) throws -> TrainingExample
  ) {
    (self.settings, self.draw) = (settings, draw)
    next = UInt64(batches * settings.fresh)
    end = next
    for _ in 0..<settings.drawingThreads { Thread.detachNewThread { self.work() } }
  }

  /// Ends the threads.
  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }

  /// The numbers of a batch's examples: the new ones, then some of the last ones.
  func numbers(ofBatch batch: Int) -> [UInt64] {
    let fresh = UInt64(settings.fresh)
    let end = UInt64(batch + 1) * fresh
    let oldest = end > UInt64(settings.replayed) ? end - UInt64(settings.replayed) : 0
    var generator = SeededGenerator(seed: settings.seed, step: UInt64(batch), purpose: 1)
    let again = (settings.fresh..<settings.batch).map { _ in
      UInt64.random(in: oldest..<end, using: &generator)
    }
    return Array((end - fresh)..<end) + again
  }

  /// The examples of a batch; waits until they are drawn.
  func batch(_ batch: Int) throws -> [TrainingExample] {
    let wanted = numbers(ofBatch: batch)
    condition.lock()
    defer { condition.unlock() }
    end = UInt64(batch + 1) * UInt64(settings.fresh)
    next = max(next, end - UInt64(settings.fresh))
    let missing = Set(wanted).filter { ready[$0] == nil && !underWay.contains($0) && $0 < next }
    asked = missing.sorted()
    condition.broadcast()
    while failure == nil, !wanted.allSatisfy({ ready[$0] != nil }) { condition.wait() }
    if let failure { throw failure }
    let examples = wanted.compactMap { ready[$0] }
    let oldest = end > UInt64(settings.replayed) ? end - UInt64(settings.replayed) : 0
    for number in ready.keys where number < oldest { ready[number] = nil }
    return examples
  }

  private func work() {
    condition.lock()
    defer { condition.unlock() }
    while true {
      // As far ahead as four batches.
      while !isStopped, asked.isEmpty, next >= end + UInt64(4 * settings.fresh) { condition.wait() }
      guard !isStopped else { return }
      let number: UInt64
      if asked.isEmpty {
        number = next
        next += 1
      } else {
        number = asked.removeFirst()
      }
      guard ready[number] == nil, underWay.insert(number).inserted else { continue }
      condition.unlock()
      let result = Result { try draw(number) }
      condition.lock()
      underWay.remove(number)
      switch result {
      case .success(let example): ready[number] = example
      case .failure(let error): failure = error
      }
      condition.broadcast()
    }
  }
}

extension SeededGenerator {
  /// Random numbers of one step: the same for the same seed, step and purpose.
  init(seed: UInt64, step: UInt64, purpose: UInt64) {
    self.init(
      seed: seed &* 0xD134_2543_DE82_EF95 &+ step &* 0x9E37_79B9_7F4A_7C15 &+ purpose << 56)
    _ = next()
  }
}
