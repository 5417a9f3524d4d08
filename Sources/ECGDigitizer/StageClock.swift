import ECGCore

/// Wall-clock seconds per stage.
struct StageClock {
  private(set) var seconds: [Stage: Double] = [:]

  /// Runs `work` and adds its time to `stage`.
  mutating func time<Result, Failure: Error>(
    _ stage: Stage, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = ContinuousClock.now
    defer {
      let (whole, atto) = start.duration(to: .now).components
      seconds[stage, default: 0] += Double(whole) + Double(atto) * 1e-18
    }
    return try work()
  }
}
