import Dispatch
import Synchronization

/// Tells that something is not wanted any more, from any thread.
public final class Cancellation: Sendable {
  private let flag = Atomic(false)

  /// Nothing is cancelled yet.
  public init() {}

  /// What is done with this is not wanted any more.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether it was cancelled.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

/// Threads that share the work of one page.
///
/// Work falls into numbered pieces that know nothing of each other, and each leaves its result in
/// its own place: what comes out is the same for any number of threads.
public struct Workers: Sendable {
  /// The most pieces that are worked on at the same time.
  public let count: Int
  /// What tells that the work is not wanted any more.
  public var cancellation: Cancellation?

  /// So many threads; fewer than one is one.
  public init(_ count: Int) { self.count = max(1, count) }

  /// Whether the work is not wanted any more: loops over what takes long leave early, with whatever
  /// they have, since nobody will look at it.
  ///
  /// Also where the task that runs on this thread was cancelled.
  public var isCancelled: Bool { cancellation?.isCancelled ?? false || Task.isCancelled }

  /// Everything on the thread that asks.
  public static let one = Workers(1)

  /// Does pieces `0 ..< pieces`, several at a time, and returns when all are done; those that were
  /// not begun when the work was cancelled are left out.
  public func forEach(_ pieces: Int, _ work: (Int) -> Void) {
    forEach(pieces, always: false, work)
  }

  private func forEach(_ pieces: Int, always: Bool, _ work: (Int) -> Void) {
    let threads = min(count, pieces)
    guard threads > 1 else {
      for piece in 0..<max(pieces, 0) where always || !isCancelled { work(piece) }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(work) { work in
      // Pieces know nothing of each other: that is what callers promise.
      nonisolated(unsafe) let work = work
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
          let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard piece < pieces, always || !isCancelled else { return }
          work(piece)
        }
      }
    }
  }

  /// The results of pieces `0 ..< pieces`, in their order.
  public func map<Result>(_ pieces: Int, _ work: (Int) -> Result) -> [Result] {
    guard min(count, pieces) > 1 else { return (0..<max(pieces, 0)).map(work) }
    // Every result is needed: pieces that take long look themselves whether they are wanted.
    return [Result](unsafeUninitializedCapacity: pieces) { results, initialized in
      forEach(pieces, always: true) { piece in
        (results.baseAddress.map { $0 + piece })?.initialize(to: work(piece))
      }
      initialized = pieces
    }
  }

  /// Cuts `0 ..< length` into bands, several for each thread, and does each.
  public func bands(_ length: Int, _ work: (Range<Int>) -> Void) {
    // Bands differ in what they cost: a few more than threads even it out.
    let bands = count == 1 ? 1 : min(4 * count, max(length / 16, 1))
    forEach(bands) { k in work((k * length / bands)..<((k + 1) * length / bands)) }
  }
}
