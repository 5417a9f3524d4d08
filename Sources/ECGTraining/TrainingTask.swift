public import ECGNetworks

/// What is trained: a network, its examples and what counts as good.
public protocol TrainingTask: Sendable {
  /// The network. It ends before a last sigmoid: losses work on logits.
  var graph: NetworkGraph { get }
  /// What is minimized, if a recipe does not say otherwise.
  var losses: [LossTerm] { get }

  /// The example with this number; the same number and seed give the same example.
  func example(number: UInt64, seed: UInt64) throws -> TrainingExample

  /// The example as it is shown this time, such as mirrored.
  func varied(
    _ example: TrainingExample, using generator: inout some RandomNumberGenerator
  ) -> TrainingExample

  /// Weights to start from.
  func startingWeights(using generator: inout some RandomNumberGenerator) -> NetworkWeights

  /// Further figures of a validation, by name: a sum over the examples and how many it is of.
  func measures(
    of output: TrainingExample.Numbers, _ examples: [TrainingExample]
  ) -> [String: (sum: Double, count: Double)]
}

extension TrainingTask {
  /// The example as it is.
  public func varied(
    _ example: TrainingExample, using generator: inout some RandomNumberGenerator
  ) -> TrainingExample { example }

  /// He's normal kernels.
  public func startingWeights(using generator: inout some RandomNumberGenerator) -> NetworkWeights {
    graph.startingWeights(using: &generator)
  }

  /// No further figures.
  public func measures(
    of output: TrainingExample.Numbers, _ examples: [TrainingExample]
  ) -> [String: (sum: Double, count: Double)] { [:] }
}
