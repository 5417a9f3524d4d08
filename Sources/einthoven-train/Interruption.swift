import Dispatch
import Glibc
import Synchronization

/// Notes that the person pressed Ctrl-C, or that the system asks the program to end.
final class Interruption {
  private final class Count: Sendable {
    let value = Atomic<Int>(0)
  }

  private let count = Count()
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [count] in
        // The second time, at once: the last checkpoint holds.
        if count.value.add(1, ordering: .relaxed).newValue > 1 { _exit(130) }
      }
      source.resume()
    }
  }

  /// Whether the run should end.
  var wasAsked: Bool { count.value.load(ordering: .relaxed) > 0 }
}
