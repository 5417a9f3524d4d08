/// How a run goes.
public struct TrainingSettings: Hashable, Codable, Sendable {
  /// How numbers are computed; sums of the loss are always of single precision.
  public enum Precision: String, Hashable, Codable, Sendable, CaseIterable {
    case single
    /// bfloat16 where it is safe: the range of single precision in 16 bits.
    case bfloat16
    /// Half precision where it is safe: finer than bfloat16, but numbers end at 65504, and gradients
    /// below 6e-8 vanish. The loss is scaled for that (``LossScale``).
    case half
  }

  /// Fixes every random choice.
  public var seed: UInt64 = 1
  /// How many steps; a run with steps can be resumed exactly.
  public var steps: Int?
  /// How long, in minutes, where there are no `steps`: the rate then follows the clock.
  public var minutes: Double?
  /// Examples that are computed at once.
  public var batch = 16
  /// How many such batches make one step.
  public var accumulated = 1
  /// How numbers are computed.
  public var precision = Precision.bfloat16
  /// How the loss is scaled in half precision; the usual way if `nil`.
  public var lossScale: LossScale.Settings?
  /// How weights move.
  public var optimizer = OptimizerSettings()
  /// How the learning rate goes.
  public var schedule = RateSchedule()
  /// The memory of the running average of the weights, which is what is kept; 0 for none.
  public var averaging = 0.0
  /// What is minimized.
  public var losses: [LossTerm] = []
  /// New examples of each batch; the rest is shown again.
  public var fresh = 8
  /// How many of the last examples may be shown again.
  public var replayed = 1000
  /// Threads that draw examples.
  public var drawingThreads = 1
  /// Threads that compute.
  public var computingThreads = 1
  /// Where it computes: `cpu` or `cuda`.
  public var device = "cpu"
  /// Examples that are never learned from, on which the network is judged.
  public var validationExamples = 64
  /// Fixes those examples; the same for all runs that are to be compared.
  public var validationSeed: UInt64 = 0xF0F0_0001
  /// Steps between validations, each of which writes a checkpoint.
  public var validationSteps = 100
  /// Validations without a better loss after which the run ends; never if `nil`.
  public var patience: Int?

  /// Creates settings with these defaults.
  public init() {}

  /// What is wrong with the settings, in a sentence.
  public var problem: String? {
    if (steps == nil) == (minutes == nil) { return "Either steps or minutes must be given." }
    if (steps ?? 1) < 1 || (minutes ?? 1) <= 0 { return "The run has no length." }
    if batch < 1 || accumulated < 1 { return "A step needs at least one example." }
    if fresh < 1 || fresh > batch { return "fresh must lie between 1 and batch (\(batch))." }
    if replayed < batch { return "replayed must be at least batch (\(batch))." }
    if drawingThreads < 1 || computingThreads < 1 { return "At least one thread is needed." }
    if !(0..<1).contains(averaging) { return "averaging must lie in 0..<1." }
    if validationSteps < 1 { return "validationSteps must be at least 1." }
    if validationExamples < 1 { return "validationExamples must be at least 1." }
    if !(schedule.rate > 0) { return "schedule.rate must be above 0." }
    if let problem = lossScaleProblem { return problem }
    if !["cpu", "cuda"].contains(device) { return "device must be cpu or cuda, not \(device)." }
    for loss in losses {
      if let channels = loss.channels, channels.count != 2 || channels[0] < 0 || channels[1] < 1 {
        return "channels of \(loss.name) must be [first, count]."
      }
    }
    return nil
  }

  /// What is wrong with the scale of the loss.
  package var lossScaleProblem: String? {
    guard let lossScale else { return nil }
    if precision != .half { return "lossScale is for precision half, not \(precision.rawValue)." }
    return lossScale.problem
  }
}
