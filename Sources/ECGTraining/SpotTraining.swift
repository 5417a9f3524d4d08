public import ECGNetworks
import Foundation

/// One training example of a network that marks spots.
public struct SpotExample: Sendable {
  /// `channels · side · side` values.
  public var input: [Float]
  /// `kinds · cells · cells` values, 1 at the middle of a spot.
  public var targets: [Float]
  /// The same shape: 1 where the answer is judged, 0 where not.
  public var weights: [Float]

  /// Creates an example.
  public init(input: [Float], targets: [Float], weights: [Float]) {
    self.input = input
    self.targets = targets
    self.weights = weights
  }
}

/// Trains a network that marks spots, on the CPU.
///
/// The rate rises over the first steps and falls along a cosine of the *time* that is left:
/// a run of 20 minutes and one of two hours both end well.
public final class SpotTraining {
  /// How a run goes.
  public struct Settings: Hashable, Codable, Sendable {
    /// How long to train, in minutes.
    public var minutes: Double
    /// Patches per step.
    public var batch: Int
    /// The learning rate.
    public var rate: Double
    /// Steps over which the learning rate rises.
    public var warmUpSteps: Int
    /// How strongly weights are drawn to zero.
    public var weightDecay: Double
    /// Longer gradients are scaled down to this length.
    public var longestGradient: Double
    /// Whether bfloat16 is used where it is safe.
    public var usesMixedPrecision: Bool

    /// Creates settings.
    public init(
      minutes: Double, batch: Int = 16, rate: Double = 2.5e-3, warmUpSteps: Int = 80,
      weightDecay: Double = 1e-4, longestGradient: Double = 5, usesMixedPrecision: Bool = true
    ) {
      self.minutes = minutes
      self.batch = batch
      self.rate = rate
      self.warmUpSteps = warmUpSteps
      self.weightDecay = weightDecay
      self.longestGradient = longestGradient
      self.usesMixedPrecision = usesMixedPrecision
    }
  }

  /// What is known after a step.
  public struct Progress: Sendable {
    /// How many steps were taken.
    public var step: Int
    /// Seconds since the start.
    public var seconds: Double
    /// The mean loss of the last steps.
    public var loss: Float
    /// The learning rate.
    public var rate: Double
  }

  private let network: GraphInterpreter
  private let optimizer: AdamW
  private let library: TorchLibrary
  private let settings: Settings
  private let side: Int
  private let stride: Int

  /// Prepares a run. `graph` must end before its last sigmoid: the loss works on logits.
  ///
  /// - Parameters:
  ///   - side: pixels of an example's side; `stride`: pixels per cell of the output.
  public init(
    _ graph: NetworkGraph, start: NetworkWeights, side: Int, stride: Int, settings: Settings,
    library: TorchLibrary
  ) throws(TrainingError) {
    self.library = library
    self.settings = settings
    self.side = side
    self.stride = stride
    network = try GraphInterpreter(graph, weights: start, library)
    optimizer = try AdamW(network.trained, weightDecay: settings.weightDecay, library)
  }

  /// The weights as they are.
  public func weights() throws(TrainingError) -> NetworkWeights { try network.currentWeights() }

  /// Makes one step on a batch. `fraction` of the run's time is over.
  public func step(
    _ examples: [SpotExample], number: Int, fraction: Double
  ) throws(TrainingError) -> (loss: Float, rate: Double) {
    let loss = try loss(of: examples, isTraining: true)
    try loss.backward()
    let warm = min(1, Double(number + 1) / Double(max(settings.warmUpSteps, 1)))
    let rate = settings.rate * warm * (0.5 * (1 + cos(.pi * min(fraction, 1))) + 0.01)
    try optimizer.step(rate: rate, longest: settings.longestGradient)
    return (try loss.number(), rate)
  }

  /// The loss on examples without learning from them.
  package func check(_ examples: [SpotExample]) throws(TrainingError) -> Float {
    try loss(of: examples, isTraining: false).number()
  }

  /// The gradient of the loss along one weight tensor, without a step.
  package func gradient(
    of name: String, on examples: [SpotExample]
  ) throws(TrainingError) -> [Float] {
    try loss(of: examples, isTraining: true).backward()
    return try network.takeGradients(of: name)
  }

  private func loss(
    of examples: [SpotExample], isTraining: Bool
  ) throws(TrainingError) -> Tensor {
    let channels = network.graph.nodes[0].channels
    let kinds = network.graph.nodes[network.graph.nodes.count - 1].channels
    let cells = side / stride
    let batch = try Tensor(
      examples.flatMap(\.input), shape: [examples.count, channels, side, side], library)
    let shape = [examples.count, kinds, cells, cells]
    let targets = try Tensor(examples.flatMap(\.targets), shape: shape, library)
    let judged = try Tensor(examples.flatMap(\.weights), shape: shape, library)
    // Channels last is the layout that the CPU's convolutions want.
    let input = try library(
      "aten::to.dtype",
      [.tensor(batch), .integer(6), .truth(false), .truth(false), .integer(2)])
    try library.setMixedPrecision(settings.usesMixedPrecision)
    let logits = try network.output(for: input, isTraining: isTraining)
    try library.setMixedPrecision(false)
    return try SpotLoss(library: library)(logits, targets: targets, weights: judged)
  }
}
