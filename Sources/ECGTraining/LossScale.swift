/// What the loss is multiplied with in half precision, so that small gradients do not vanish.
///
/// Gradients come out as much larger and are divided again before weights move. Where one of them
/// is then infinite or not a number the step is not made and the scale halved; after many good
/// steps in a row it is doubled: it stays just below what overflows.
///
/// > Source: Micikevicius et al., "Mixed precision training" (2018),
/// > doi:10.48550/arXiv.1710.03740.
public struct LossScale: Hashable, Codable, Sendable {
  /// How the scale moves.
  public struct Settings: Hashable, Codable, Sendable {
    /// The first scale.
    public var start: Double
    /// Good steps in a row after which the scale is doubled.
    public var growthSteps: Int

    /// The usual way: from 2¹⁶, doubled after 2000 steps.
    public init(start: Double = 65536, growthSteps: Int = 2000) {
      (self.start, self.growthSteps) = (start, growthSteps)
    }

    /// What is wrong with the settings, in a sentence.
    var problem: String? {
      if !(1...16_777_216).contains(start) { return "lossScale.start must lie in 1...16777216." }
      if growthSteps < 1 { return "lossScale.growthSteps must be at least 1." }
      return nil
    }
  }

  /// Beyond this nothing is gained, and sums of gradients might overflow.
  private static let largest = 16_777_216.0

  /// What the loss is multiplied with.
  public private(set) var value: Double
  /// Good steps since the scale changed.
  public private(set) var goodSteps = 0
  /// Steps that were not made, since the run began.
  public private(set) var skipped = 0
  private let growthSteps: Int

  init(_ settings: Settings) {
    value = settings.start
    growthSteps = settings.growthSteps
  }

  /// Notes that the gradients of a step were numbers.
  mutating func grow() {
    goodSteps += 1
    guard goodSteps >= growthSteps else { return }
    (value, goodSteps) = (min(2 * value, LossScale.largest), 0)
  }

  /// Notes that they were not: the step was skipped.
  ///
  /// - Throws: `TrainingError` where the loss is not scaled any more and they still are not.
  mutating func shrink(step: Int) throws(TrainingError) {
    guard value > 1 else {
      throw TrainingError(
        "The gradients of step \(step) do not fit half precision, even of the loss as it is. Use "
          + "precision: bfloat16 or single.")
    }
    (value, goodSteps, skipped) = (max(value / 2, 1), 0, skipped + 1)
  }
}
