import Dispatch
import Synchronization

/// Threads that share the work of one page.
///
/// Work falls into numbered pieces that know nothing of each other, and each leaves its result in
/// its own place: what comes out is the same for any number of threads.
public struct Workers: Hashable, Sendable {
  /// The most pieces that are worked on at the same time.
  public let count: Int

  /// So many threads; fewer than one is one.
  public init(_ count: Int) { self.count = max(1, count) }

  /// Everything on the thread that asks.
  public static let one = Workers(1)

  /// Does pieces `0 ..< pieces`, several at a time, and returns when all are done.
  public func forEach(_ pieces: Int, _ work: (Int) -> Void) {
    let threads = min(count, pieces)
    guard threads > 1 else {
      for piece in 0..<max(pieces, 0) { work(piece) }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(work) { work in
      // Pieces know nothing of each other: that is what callers promise.
      nonisolated(unsafe) let work = work
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
          let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard piece < pieces else { return }
          work(piece)
        }
      }
    }
  }

  /// The results of pieces `0 ..< pieces`, in their order.
  public func map<Result>(_ pieces: Int, _ work: (Int) -> Result) -> [Result] {
    guard min(count, pieces) > 1 else { return (0..<max(pieces, 0)).map(work) }
    return [Result](unsafeUninitializedCapacity: pieces) { results, initialized in
      forEach(pieces) { piece in
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
