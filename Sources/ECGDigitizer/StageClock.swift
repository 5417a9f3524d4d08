import ECGCore
import Glibc

/// Seconds per stage: by the wall clock, or of all the process's threads on the processor.
struct StageClock {
  /// Whether seconds are the process's on the processor, which a busy machine does not stretch;
  /// they mean something only while one page is read at a time.
  var countsProcessor = false
  private(set) var seconds: [Stage: Double] = [:]

  /// Runs `work` and adds its time to `stage`.
  mutating func time<Result, Failure: Error>(
    _ stage: Stage, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = (wall: ContinuousClock.now, processor: StageClock.processorSeconds)
    defer {
      let (whole, atto) = start.wall.duration(to: .now).components
      seconds[stage, default: 0] +=
        countsProcessor
        ? StageClock.processorSeconds - start.processor : Double(whole) + Double(atto) * 1e-18
    }
    return try work()
  }

  private static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
    }
  }
}
