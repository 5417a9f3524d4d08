import CTorch
public import ECGNetworks
import Foundation

/// Trains a network that tells phases, on the CPU.
public final class PhaseTraining {
  /// What a step or a check came to.
  public struct Outcome: Sendable {
    /// The mean squared error of the four phase maps, where there is a grid.
    public var squaredError: Float
    /// The cross-entropy of whether there is a grid.
    public var entropy: Float
  }

  private let network: GraphInterpreter
  private let optimizer: AdamW
  private let library: TorchLibrary
  private let settings: SpotTraining.Settings

  /// Prepares a run.
  public init(
    _ graph: NetworkGraph, start: NetworkWeights, settings: SpotTraining.Settings,
    library: TorchLibrary
  ) throws(TrainingError) {
    self.library = library
    self.settings = settings
    network = try GraphInterpreter(graph, weights: start, library)
    optimizer = try AdamW(network.trained, weightDecay: settings.weightDecay, library)
  }

  /// The weights as they are.
  public func weights() throws(TrainingError) -> NetworkWeights { try network.currentWeights() }

  /// The learning rate of a step: it rises over the first steps and falls along a cosine of
  /// the time that is left.
  public func rate(step: Int, fraction: Double) -> Double {
    let warm = min(1, Double(step + 1) / Double(max(settings.warmUpSteps, 1)))
    return settings.rate * warm * (0.5 * (1 + cos(.pi * min(fraction, 1))) + 0.01)
  }

  /// Makes one step on a batch. `fraction` of the run's time is over.
  public func step(
    _ examples: [PhaseExample], number: Int, fraction: Double
  ) throws(TrainingError) -> Outcome {
    let loss = try losses(of: examples, isTraining: true)
    let outcome = Outcome(
      squaredError: try loss.squared.number(), entropy: try loss.entropy.number())
    guard outcome.squaredError.isFinite, outcome.entropy.isFinite else {
      throw TrainingError(
        "The loss of step \(number) is not a number; the last saved weights hold.")
    }
    try loss.total.backward()
    try optimizer.step(
      rate: rate(step: number, fraction: fraction), longest: settings.longestGradient)
    return outcome
  }

  /// Judges the network on examples without learning from them.
  public func check(_ examples: [PhaseExample]) throws(TrainingError) -> Outcome {
    let before = library.functions.set_gradients(0)
    defer { _ = library.functions.set_gradients(before) }
    let loss = try losses(of: examples, isTraining: false)
    return Outcome(squaredError: try loss.squared.number(), entropy: try loss.entropy.number())
  }

  /// The gradient of the whole loss along one weight tensor, without a step.
  package func gradient(
    of name: String, on examples: [PhaseExample]
  ) throws(TrainingError) -> [Float] {
    try losses(of: examples, isTraining: true).total.backward()
    return try network.takeGradients(of: name)
  }

  private func losses(
    of examples: [PhaseExample], isTraining: Bool
  ) throws(TrainingError) -> (total: Tensor, squared: Tensor, entropy: Tensor) {
    let channels = network.graph.nodes[0].channels
    let (side, cells) = (examples[0].side, examples[0].cells)
    let batch = try Tensor(
      examples.flatMap(\.input), shape: [examples.count, channels, side, side], library)
    let phases = try Tensor(
      examples.flatMap(\.phases), shape: [examples.count, 4, cells, cells], library)
    let isGrid = try Tensor(
      examples.flatMap(\.isGrid), shape: [examples.count, 1, cells, cells], library)
    // Channels last is the layout that the CPU's convolutions want.
    let input = try library(
      "aten::to.dtype",
      [.tensor(batch), .integer(6), .truth(false), .truth(false), .integer(2)])
    try library.setMixedPrecision(settings.usesMixedPrecision)
    let output = try network.output(for: input, isTraining: isTraining)
    try library.setMixedPrecision(false)
    return try PhaseLoss(library: library)(output, phases: phases, isGrid: isGrid)
  }
}
