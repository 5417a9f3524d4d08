import ECGNetworks
import Foundation

/// Where a run stands: time, the best validation, and what is written into its record.
struct RunProgress<Task: TrainingTask> {
  private let run: TrainingRun<Task>
  private let library: TorchLibrary
  private let record: RunRecord
  private let resumedStep: Int?
  private let secondsBefore: Double
  private let began = Date()
  private(set) var best: Double?
  /// Validations since the best one.
  private(set) var stale: Int
  private(set) var judgedStep: Int?
  private var sum = (loss: 0.0, gradient: 0.0, steps: 0, skipped: 0)
  private var lineSeconds: Double
  /// Steps between lines of the record.
  private let spacing = 20

  init(run: TrainingRun<Task>, library: TorchLibrary, resuming state: Checkpoint?) {
    (self.run, self.library) = (run, library)
    record = RunRecord(url: run.recordURL)
    resumedStep = state?.step
    secondsBefore = state?.seconds ?? 0
    best = state?.best
    stale = state?.stale ?? 0
    lineSeconds = secondsBefore
  }

  /// Seconds of training, those before a resumption included.
  var seconds: Double { secondsBefore + Date().timeIntervalSince(began) }

  /// The part of the run that is over.
  func fraction(step: Int) -> Double {
    if let steps = run.settings.steps { return Double(step) / Double(steps) }
    return seconds / (60 * (run.settings.minutes ?? 1))
  }

  /// Writes what was asked for and where it runs.
  func begin() throws {
    var line = RunRecord.Line()
    if let resumedStep {
      try record.cut(after: resumedStep)
      line.resumed = true
      line.step = resumedStep
    } else {
      try Data().write(to: run.recordURL)
      line.settings = run.settings
    }
    line.about = run.about.merging(
      [
        "library": library.version, "device": library.device,
        "processors": "\(ProcessInfo.processInfo.processorCount)",
        "system": ProcessInfo.processInfo.operatingSystemVersionString,
        "date": Date().formatted(.iso8601), "network": run.task.graph.fingerprint,
      ], uniquingKeysWith: { own, _ in own })
    try record.add(line)
  }

  /// Notes a step.
  mutating func add(_ outcome: Trainer.Outcome, rate: Double, step: Int) throws {
    sum.loss += outcome.loss
    sum.gradient += outcome.gradient ?? 0
    sum.steps += 1
    if outcome.gradient == nil { sum.skipped += 1 }
    guard step % spacing == 0 else { return }
    var line = RunRecord.Line()
    let (now, count) = (seconds, Double(sum.steps))
    line.step = step
    line.seconds = now
    line.loss = sum.loss / count
    if sum.skipped < sum.steps { line.gradient = sum.gradient / (count - Double(sum.skipped)) }
    line.lossScale = outcome.lossScale
    if outcome.lossScale != nil { line.skipped = sum.skipped }
    line.rate = rate
    let examples = count * Double(run.settings.batch * run.settings.accumulated)
    line.examplesPerSecond = examples / max(now - lineSeconds, 1e-9)
    try record.add(line)
    sum = (0, 0, 0, 0)
    lineSeconds = now
  }

  /// Notes a validation.
  ///
  /// - Returns: whether it is the best so far.
  mutating func add(_ judgement: Trainer.Judgement, step: Int) throws -> Bool {
    let isBest = judgement.loss < best ?? .infinity
    if isBest { best = judgement.loss }
    stale = isBest ? 0 : stale + 1
    judgedStep = step
    var line = RunRecord.Line()
    line.step = step
    line.seconds = seconds
    line.validation = judgement.loss
    line.measures = judgement.measures
    line.isBest = isBest
    try record.add(line)
    return isBest
  }

  /// What is reported after a step.
  func now(step: Int, loss: Double, rate: Double) -> TrainingRun<Task>.Progress {
    let fraction = fraction(step: step)
    let own = Date().timeIntervalSince(began)
    let ownFraction = fraction - self.fraction(step: resumedStep ?? 0)
    var left = max(0, 60 * (run.settings.minutes ?? 0) - seconds)
    if run.settings.steps != nil { left = own / max(ownFraction, 1e-9) * max(0, 1 - fraction) }
    return .init(
      step: step, fraction: fraction, seconds: seconds, secondsLeft: left, loss: loss, rate: rate)
  }

  /// Writes how the run ended.
  func end(_ end: TrainingRun<Task>.End) throws -> TrainingRun<Task>.End {
    try self.end(end.rawValue)
    return end
  }

  func end(_ text: String) throws {
    var line = RunRecord.Line()
    line.end = text
    line.seconds = seconds
    try record.add(line)
  }
}
