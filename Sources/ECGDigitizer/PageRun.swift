package import ECGCore
package import ECGImaging

/// What accompanies one page through the stages: what each cost, what a person should know, and
/// whether the page is still wanted.
package struct PageRun {
  /// Seconds of each stage.
  package private(set) var clock = StageClock()
  /// What a person should know, in the order in which it was found.
  package var findings: [Finding] = []
  private let workers: Workers
  private let progress: (@Sendable (Stage) -> Void)?

  package init(workers: Workers = .one, progress: (@Sendable (Stage) -> Void)? = nil) {
    self.workers = workers
    self.progress = progress
  }

  /// Runs a stage, whose findings are added to `findings`.
  ///
  /// - Throws: `PageError.cancelled` where the page is not wanted any more, and what the stage
  ///   throws.
  package mutating func stage<Result>(
    _ stage: Stage, _ findings: inout [Finding],
    _ work: (inout [Finding]) throws(PageError) -> Result
  ) throws(PageError) -> Result {
    try goOn()
    progress?(stage)
    let result = try clock.time(stage) { () throws(PageError) in try work(&findings) }
    // A stage that was cancelled left early, with whatever it had.
    try goOn()
    return result
  }

  /// Runs a stage, whose findings are the run's.
  ///
  /// - Throws: `PageError.cancelled`, and what the stage throws.
  package mutating func stage<Result>(
    _ stage: Stage, _ work: (inout [Finding]) throws(PageError) -> Result
  ) throws(PageError) -> Result {
    var more: [Finding] = []
    defer { findings += more }
    return try self.stage(stage, &more, work)
  }

  private func goOn() throws(PageError) {
    guard workers.isCancelled else { return }
    throw PageError(
      .cancelled, "The page was given up on request.", remedy: "Read it again if it is wanted.")
  }
}
