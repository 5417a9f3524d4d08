package import ECGCore
import Foundation

/// Seconds per stage: by the clock, and of the processor.
package struct StageClock {
  /// Seconds that passed.
  package private(set) var seconds: [Stage: Double] = [:]
  /// Processor seconds of the whole process meanwhile: of this page if it is the only one.
  package private(set) var processorSeconds: [Stage: Double] = [:]

  package init() {}

  /// Runs `work` and adds its time to `stage`.
  package mutating func time<Result, Failure: Error>(
    _ stage: Stage, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (start, processor) = (ContinuousClock.now, StageClock.processorTime)
    defer {
      let (whole, atto) = start.duration(to: .now).components
      seconds[stage, default: 0] += Double(whole) + Double(atto) * 1e-18
      processorSeconds[stage, default: 0] += StageClock.processorTime - processor
    }
    return try work()
  }

  /// What all threads of the process have used so far, in seconds.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
