import CTorch
public import ECGNetworks
import Foundation

/// Trains a network that tells where a curve runs, on the CPU: cross-entropy of each column.
public final class CurveTraining {
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

  /// Makes one step on a batch; returns its loss. `fraction` of the run's time is over.
  public func step(
    _ examples: [CurveExample], number: Int, fraction: Double
  ) throws(TrainingError) -> Float {
    let loss = try loss(of: output(for: examples, isTraining: true), examples)
    let value = try loss.number()
    guard value.isFinite else {
      throw TrainingError(
        "The loss of step \(number) is not a number; the last saved weights hold.")
    }
    try loss.backward()
    try optimizer.step(
      rate: rate(step: number, fraction: fraction), longest: settings.longestGradient)
    return value
  }

  /// The loss on examples, and the logits, without learning from them.
  public func check(
    _ examples: [CurveExample]
  ) throws(TrainingError) -> (loss: Float, logits: [Float]) {
    let before = library.functions.set_gradients(0)
    defer { _ = library.functions.set_gradients(before) }
    let output = try output(for: examples, isTraining: false)
    let all = try library("aten::to.dtype", [.tensor(output), .integer(6)])
    return (try loss(of: output, examples).number(), try all.allValues())
  }

  /// The gradient of the loss along one weight tensor, without a step.
  package func gradient(
    of name: String, on examples: [CurveExample]
  ) throws(TrainingError) -> [Float] {
    try loss(of: output(for: examples, isTraining: true), examples).backward()
    return try network.takeGradients(of: name)
  }

  private func output(
    for examples: [CurveExample], isTraining: Bool
  ) throws(TrainingError) -> Tensor {
    let (channels, first) = (network.graph.nodes[0].channels, examples[0])
    let batch = try Tensor(
      examples.flatMap(\.input), shape: [examples.count, channels, first.height, first.width],
      library)
    // Channels last is the layout that the CPU's convolutions want.
    let input = try library(
      "aten::to.dtype",
      [.tensor(batch), .integer(6), .truth(false), .truth(false), .integer(2)])
    try library.setMixedPrecision(settings.usesMixedPrecision)
    let output = try network.output(for: input, isTraining: isTraining)
    try library.setMixedPrecision(false)
    return output
  }

  /// −Σ wanted · log softmax(logits) per column, a mean over the columns that have a curve.
  private func loss(
    of output: Tensor, _ examples: [CurveExample]
  ) throws(TrainingError) -> Tensor {
    let first = examples[0]
    let wanted = try Tensor(
      examples.flatMap(\.wanted), shape: [examples.count, 1, first.cellRows, first.cellColumns],
      library)
    let columns = max(examples.reduce(Float(0)) { $0 + $1.wanted.reduce(0, +) }, 1)
    let all = try library("aten::to.dtype", [.tensor(output), .integer(6)])
    let logs = try library("aten::log_softmax.int", [.tensor(all), .integer(2), .nothing])
    let product = try library("aten::mul.Tensor", [.tensor(logs), .tensor(wanted)])
    let sum = try library("aten::sum", [.tensor(product)])
    return try library("aten::mul.Scalar", [.tensor(sum), .number(Double(-1 / columns))])
  }
}
