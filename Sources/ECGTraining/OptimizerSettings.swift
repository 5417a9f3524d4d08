/// How weights move along their gradients.
public struct OptimizerSettings: Hashable, Codable, Sendable {
  /// The rule.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// Adam with decoupled weight decay.
    case adamW
    /// Gradient descent with momentum.
    case momentum
  }

  /// Weights whose names begin alike and that are treated alike.
  public struct Group: Hashable, Codable, Sendable {
    /// How the names begin.
    public var prefix: String
    /// What the learning rate is multiplied with; 0 leaves the weights as they are.
    public var rateFactor: Double
    /// Instead of the optimizer's.
    public var weightDecay: Double?

    /// Creates a group.
    public init(prefix: String, rateFactor: Double = 1, weightDecay: Double? = nil) {
      (self.prefix, self.rateFactor, self.weightDecay) = (prefix, rateFactor, weightDecay)
    }
  }

  /// The rule.
  public var kind: Kind
  /// How strongly kernels are drawn to zero; biases and normalizations never are.
  public var weightDecay: Double
  /// The memory of the gradient.
  public var momentum: Double
  /// The memory of its square (AdamW).
  public var secondMomentum: Double
  /// Longer gradients are scaled down to this length.
  public var longestGradient: Double
  /// Exceptions by name; the first that fits holds.
  public var groups: [Group]

  /// Creates settings.
  public init(
    _ kind: Kind = .adamW, weightDecay: Double = 1e-4, momentum: Double = 0.9,
    secondMomentum: Double = 0.999, longestGradient: Double = 5, groups: [Group] = []
  ) {
    (self.kind, self.weightDecay, self.momentum) = (kind, weightDecay, momentum)
    (self.secondMomentum, self.longestGradient) = (secondMomentum, longestGradient)
    self.groups = groups
  }
}
