/// One summand of what is minimized.
public struct LossTerm: Hashable, Codable, Sendable {
  /// How output and truth are compared.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// (x − t)².
    case meanSquare
    /// A parabola up to a difference of `beta`, a line beyond.
    case smoothL1
    /// Cross-entropy of a logit; what should be 1 counts `positiveWeight` times.
    case binaryCrossEntropy
    /// Cross-entropy of a logit in which easy cells count little (`gamma`, `alpha`).
    case focal
    /// Focal loss for the middles of spots: cells near a middle are judged mildly.
    case spots
    /// 1 − overlap of a probability (of a logit) and a mask.
    case dice
    /// Cross-entropy of the distribution along each column.
    case columnCrossEntropy
    /// Jensen–Shannon divergence of the distribution along each column.
    case columnDivergence
  }

  /// How output and truth are compared.
  public var kind: Kind
  /// The name of the truth that is compared with.
  public var truth: String
  /// The name of the truth that says where to judge (1) and where not (0); everywhere if `nil`.
  public var mask: String?
  /// The first of the output's channels that are judged, and how many; all if `nil`.
  public var channels: [Int]?
  /// What the term is multiplied with in the sum.
  public var weight: Double
  /// Steps over which the weight rises from 0.
  public var warmUpSteps: Int
  /// How much more cells count that should be 1.
  public var positiveWeight: Double
  /// How quickly easy cells stop to count.
  public var gamma: Double
  /// The share of cells that should be 1 in a focal loss.
  public var alpha: Double
  /// Where the parabola of the smooth loss ends.
  public var beta: Double

  /// Creates a term.
  public init(
    _ kind: Kind, truth: String, mask: String? = nil, channels: [Int]? = nil, weight: Double = 1,
    warmUpSteps: Int = 0, positiveWeight: Double = 1, gamma: Double = 2, alpha: Double = 0.25,
    beta: Double = 1
  ) {
    (self.kind, self.truth, self.mask, self.channels) = (kind, truth, mask, channels)
    (self.weight, self.warmUpSteps, self.positiveWeight) = (weight, warmUpSteps, positiveWeight)
    (self.gamma, self.alpha, self.beta) = (gamma, alpha, beta)
  }

  /// Its name in records: the kind and the truth.
  public var name: String { "\(kind.rawValue) \(truth)" }

  /// The weight in the sum at a step.
  func weight(step: Int) -> Double {
    warmUpSteps > 0 ? weight * min(1, Double(step) / Double(warmUpSteps)) : weight
  }
}
