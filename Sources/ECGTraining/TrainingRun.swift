public import ECGNetworks
import ECGNumerics
public import Foundation

/// A training run from start to end: examples, steps, validations, checkpoints, the record.
///
/// In its folder lie `last.checkpoint` (to resume), `best.safetensors` and `last.safetensors`
/// (weights in half precision) and `run.jsonl`. Writing is atomic: whatever happens, the folder
/// holds the last good state.
public struct TrainingRun<Task: TrainingTask>: Sendable {
  /// How a run came to its end.
  public enum End: String, Sendable {
    case finished = "finished"
    case stoppedEarly = "stopped early: validations did not improve"
    case interrupted = "interrupted"
  }

  /// How far a run is, after each step.
  public struct Progress: Sendable {
    /// Steps made.
    public var step: Int
    /// The part of the run that is over.
    public var fraction: Double
    /// Seconds of training so far.
    public var seconds: Double
    /// Seconds that are left at this pace.
    public var secondsLeft: Double
    /// The loss of the step.
    public var loss: Double
    /// The learning rate.
    public var rate: Double
    /// The validation that was made after this step.
    public var judgement: Trainer.Judgement?
    /// What the loss was multiplied with and how many steps were skipped since the run began, in
    /// half precision.
    public var lossScale: (value: Double, skipped: Int)?
  }

  /// What is trained.
  public var task: Task
  /// How.
  public var settings: TrainingSettings
  /// Where files are written.
  public var folder: URL
  /// More that is to stand in the record, such as the recipe's name.
  public var about: [String: String]

  /// Creates a run.
  public init(
    _ task: Task, settings: TrainingSettings, folder: URL, about: [String: String] = [:]
  ) {
    (self.task, self.settings, self.folder, self.about) = (task, settings, folder, about)
    if settings.losses.isEmpty { self.settings.losses = task.losses }
  }

  var checkpointURL: URL { folder.appendingPathComponent("last.checkpoint") }

  /// The record's file.
  public var recordURL: URL { folder.appendingPathComponent("run.jsonl") }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - start: weights to go on from, without anything else of their run.
  ///   - resumes: whether to go on from the folder's checkpoint.
  ///   - report: is told of every step.
  ///   - shouldStop: asked after every step; a checkpoint is written before the run ends.
  /// - Throws: `TrainingError` where a loss is not a number, a file cannot be written, or a
  ///   checkpoint is not this run's; the folder then holds the last good state.
  public func run(
    start: NetworkWeights? = nil, resumes: Bool = false, library: TorchLibrary,
    report: (Progress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws -> End {
    if let problem = settings.problem { throw TrainingError("The settings: \(problem)") }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let state = resumes ? try resumedState() : nil
    var generator = SeededGenerator(seed: settings.seed, step: 0, purpose: 2)
    let weights = state?.weights ?? start ?? task.startingWeights(using: &generator)
    let trainer = try Trainer(
      task.graph, weights: weights, state: state, settings: settings, library: library)
    var progress = RunProgress(run: self, library: library, resuming: state)
    try progress.begin()
    let (task, seed) = (task, settings.seed)
    let feed = ExampleFeed(settings: settings, batches: trainer.steps * settings.accumulated) {
      try task.example(number: $0, seed: seed)
    }
    defer { feed.stop() }
    let frozen = try (0..<settings.validationExamples).map {
      try task.example(number: UInt64($0), seed: settings.validationSeed)
    }
    do {
      return try steps(trainer, feed, frozen, &progress, report, shouldStop)
    } catch let error as TrainingError {
      try? progress.end("\(error)")
      let kept =
        FileManager.default.fileExists(atPath: checkpointURL.path)
        ? " The last good state lies in \(checkpointURL.path)." : " No state was kept yet."
      throw TrainingError(error.message + kept)
    }
  }

  private func steps(
    _ trainer: Trainer, _ feed: ExampleFeed, _ frozen: [TrainingExample],
    _ progress: inout RunProgress<Task>, _ report: (Progress) -> Void, _ shouldStop: () -> Bool
  ) throws -> End {
    while true {
      let (step, fraction) = (trainer.steps, progress.fraction(step: trainer.steps))
      if fraction >= 1 {
        if progress.judgedStep != step { _ = try judge(trainer, frozen, &progress) }
        return try progress.end(.finished)
      }
      let batches = try (0..<settings.accumulated).map { part in
        try varied(feed, batch: step * settings.accumulated + part)
      }
      let rate = settings.schedule.rate(step: step, fraction: fraction)
      let outcome = try trainer.step(batches, rate: rate)
      try progress.add(outcome, rate: rate, step: step + 1)
      var now = progress.now(step: step + 1, loss: outcome.loss, rate: rate)
      now.lossScale = trainer.lossScale.map { (outcome.lossScale ?? $0.value, $0.skipped) }
      if (step + 1) % settings.validationSteps == 0 {
        now.judgement = try judge(trainer, frozen, &progress)
      }
      report(now)
      if let patience = settings.patience, progress.stale >= patience {
        return try progress.end(.stoppedEarly)
      }
      if shouldStop() {
        try keep(trainer, progress)
        return try progress.end(.interrupted)
      }
    }
  }

  private func varied(_ feed: ExampleFeed, batch: Int) throws -> [TrainingExample] {
    var generator = SeededGenerator(seed: settings.seed, step: UInt64(batch), purpose: 3)
    return try feed.batch(batch).map { task.varied($0, using: &generator) }
  }

  /// Judges, keeps the best weights and writes a checkpoint.
  private func judge(
    _ trainer: Trainer, _ frozen: [TrainingExample], _ progress: inout RunProgress<Task>
  ) throws -> Trainer.Judgement {
    let judgement = try trainer.judge(frozen, measures: task.measures)
    guard judgement.loss.isFinite else {
      throw TrainingError("The validation after step \(trainer.steps) is not a number.")
    }
    if try progress.add(judgement, step: trainer.steps) {
      try SafeFile.write(
        trainer.weights().safetensors(.half), to: folder.appendingPathComponent("best.safetensors"))
    }
    try keep(trainer, progress)
    return judgement
  }

  private func keep(_ trainer: Trainer, _ progress: RunProgress<Task>) throws {
    let checkpoint = Checkpoint(
      step: trainer.steps, seconds: progress.seconds, best: progress.best, stale: progress.stale,
      graph: task.graph.fingerprint, settings: settings,
      weights: try trainer.network.currentWeights(),
      averages: trainer.averages.isEmpty ? nil : try trainer.weights(),
      optimizer: try trainer.optimizer.state(), lossScale: trainer.lossScale)
    try SafeFile.write(checkpoint.data(), to: checkpointURL)
    try SafeFile.write(
      trainer.weights().safetensors(.half), to: folder.appendingPathComponent("last.safetensors"))
  }

  private func resumedState() throws -> Checkpoint {
    guard let file = try? Data(contentsOf: checkpointURL) else {
      throw TrainingError("There is nothing to resume: \(checkpointURL.path) cannot be read.")
    }
    let state = try Checkpoint(file)
    if let problem = state.problem(network: task.graph.fingerprint, settings) {
      throw TrainingError(problem)
    }
    return state
  }
}
