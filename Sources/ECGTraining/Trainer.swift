public import ECGNetworks

/// A network, an optimizer and a loss: makes steps on examples.
///
/// It knows nothing of time, files or where examples come from: that is ``TrainingRun``.
public final class Trainer {
  /// What a step came to.
  public struct Outcome: Sendable {
    /// The weighted sum of the terms.
    public var loss: Double
    /// The norm of the gradient before it was shortened; `nil` where the step was skipped, since
    /// in half precision a gradient was not a number.
    public var gradient: Double?
    /// What the loss was multiplied with, in half precision.
    public var lossScale: Double?
  }

  /// What a validation came to.
  public struct Judgement: Sendable {
    /// The weighted sum of the terms, with their final weights.
    public var loss: Double
    /// The terms, and further measures of the task.
    public var measures: [String: Double]
  }

  let network: GraphInterpreter
  private(set) var optimizer: Optimizer
  private(set) var averages: [String: Tensor] = [:]
  private let library: TorchLibrary
  private let settings: TrainingSettings
  /// In half precision only.
  private(set) var lossScale: LossScale?

  /// Steps made so far.
  public var steps: Int { optimizer.steps }

  /// Prepares training from `start`.
  public convenience init(
    _ graph: NetworkGraph, start: NetworkWeights, settings: TrainingSettings, library: TorchLibrary
  ) throws(TrainingError) {
    try self.init(graph, weights: start, state: nil, settings: settings, library: library)
  }

  init(
    _ graph: NetworkGraph, weights: NetworkWeights, state: Checkpoint?,
    settings: TrainingSettings, library: TorchLibrary
  ) throws(TrainingError) {
    (self.library, self.settings) = (library, settings)
    network = try GraphInterpreter(graph, weights: weights, library)
    if settings.precision == .half {
      lossScale = state?.lossScale ?? LossScale(settings.lossScale ?? .init())
    }
    optimizer = try Optimizer(
      network.trained, settings.optimizer, library, steps: state?.step ?? 0,
      skipped: lossScale?.skipped ?? 0, state: state?.optimizer ?? [:])
    guard settings.averaging > 0 else { return }
    for parameter in graph.parameters {
      guard let own = weights[parameter.name] else { continue }
      let values = state?.averages?[parameter.name] ?? own
      let average = try Tensor(values.values, shape: values.shape, library)
      averages[parameter.name] =
        values.shape.count == 4 ? try average.channelsLast() : average
    }
  }

  /// The weights that are kept: the running average, where there is one.
  public func weights() throws(TrainingError) -> NetworkWeights {
    try network.currentWeights(averages.isEmpty ? nil : averages)
  }

  /// Makes one step on one or more batches, whose gradients are added up.
  ///
  /// In half precision a step whose gradients are not numbers is skipped: it counts, and its
  /// examples are gone, but no weight moves.
  ///
  /// - Throws: `TrainingError` where the loss is not a number. The weights are then those of the
  ///   step before, but the running means of normalizations are not.
  @discardableResult
  public func step(
    _ batches: [[TrainingExample]], rate: Double
  ) throws(TrainingError) -> Outcome {
    let share = 1 / Double(batches.count)
    let scale = lossScale?.value
    var sum = 0.0
    for batch in batches {
      let loss = try loss(of: batch, step: steps)
      let value = Double(try loss.number())
      guard value.isFinite else {
        throw TrainingError(
          "The loss of step \(steps + 1) is not a number."
            + (scale == nil
              ? ""
              : " Half precision ends at 65504: if the data are right, use precision: bfloat16."))
      }
      sum += value * share
      try loss.applying("mul.Scalar", .number(share * (scale ?? 1))).backward()
    }
    let norm = try optimizer.step(rate: rate, lossScale: scale)
    if norm == nil {
      try lossScale?.shrink(step: steps)
    } else {
      lossScale?.grow()
      try follow()
    }
    return Outcome(loss: sum, gradient: norm, lossScale: scale)
  }

  /// Draws the averages towards the weights; at first quickly, since the start is random.
  private func follow() throws(TrainingError) {
    guard !averages.isEmpty else { return }
    let memory = min(settings.averaging, Double(1 + steps) / Double(10 + steps))
    var (to, from): ([Tensor], [Tensor]) = ([], [])
    for parameter in network.graph.parameters {
      guard let a = averages[parameter.name], let w = network.weights[parameter.name] else {
        continue
      }
      to.append(a)
      from.append(w)
    }
    _ = try library.withoutGradients { () throws(TrainingError) in
      try library.all(
        "aten::_foreach_lerp_.Scalar", [.tensors(to), .tensors(from), .number(1 - memory)])
    }
  }

  /// Judges the kept weights on examples, without learning from them.
  ///
  /// - Parameter measures: further figures from the output, as ``TrainingTask`` has them.
  public func judge(
    _ examples: [TrainingExample],
    measures: (TrainingExample.Numbers, [TrainingExample]) -> [String: (sum: Double, count: Double)]
  ) throws(TrainingError) -> Judgement {
    var sums: [String: (sum: Double, count: Double)] = [:]
    func add(_ name: String, _ sum: Double, _ count: Double) {
      let before = sums[name] ?? (0, 0)
      sums[name] = (before.sum + sum, before.count + count)
    }
    for first in stride(from: 0, to: examples.count, by: settings.batch) {
      let some = Array(examples[first..<min(first + settings.batch, examples.count)])
      try library.withoutGradients { () throws(TrainingError) -> Void in
        let output = try output(for: some, isTraining: false)
        let truths = try truths(of: some)
        for term in settings.losses {
          let value = try term.value(output, truths)
          let count = Double(try value.count.number())
          add(term.name, Double(try value.mean.number()) * count, count)
        }
        let shape = try output.sizes()
        let numbers = TrainingExample.Numbers(shape: shape, values: try output.allValues())
        for (name, figure) in measures(numbers, some) { add(name, figure.sum, figure.count) }
      }
    }
    var judgement = Judgement(loss: 0, measures: [:])
    for (name, figure) in sums { judgement.measures[name] = figure.sum / max(figure.count, 1e-9) }
    for term in settings.losses {
      judgement.loss += term.weight * (judgement.measures[term.name] ?? 0)
    }
    return judgement
  }

  /// The loss on examples in the way training computes it, without a step.
  package func loss(of examples: [TrainingExample]) throws(TrainingError) -> Double {
    Double(try loss(of: examples, step: .max).number())
  }

  /// The gradient of that loss along one weight tensor, without a step.
  package func gradient(
    of name: String, on examples: [TrainingExample]
  ) throws(TrainingError) -> [Float] {
    try loss(of: examples, step: .max).backward()
    return try network.takeGradients(of: name)
  }

  private func loss(of examples: [TrainingExample], step: Int) throws(TrainingError) -> Tensor {
    let output = try output(for: examples, isTraining: true)
    let truths = try truths(of: examples)
    var total: Tensor?
    for term in settings.losses {
      let part = try term.value(output, truths).mean
        .applying("mul.Scalar", .number(term.weight(step: step)))
      total = try total?.applying("add.Tensor", .tensor(part)) ?? part
    }
    guard let total else { throw TrainingError("The recipe names no loss.") }
    return total
  }

  private func output(
    for examples: [TrainingExample], isTraining: Bool
  ) throws(TrainingError) -> Tensor {
    let input = try stack(examples.map(\.input))
    try library.setPrecision(settings.precision)
    defer { try? library.setPrecision(.single) }
    let output = try network.output(
      for: input, isTraining: isTraining, with: isTraining || averages.isEmpty ? nil : averages)
    try library.setPrecision(.single)
    return try output.applying("to.dtype", .integer(6))
  }

  private func truths(of examples: [TrainingExample]) throws(TrainingError) -> [String: Tensor] {
    var truths: [String: Tensor] = [:]
    let names = Set(settings.losses.flatMap { [$0.truth, $0.mask].compactMap(\.self) })
    for name in names {
      let parts = examples.compactMap { $0.truths[name] }
      if parts.count == examples.count { truths[name] = try stack(parts) }
    }
    return truths
  }

  private func stack(_ parts: [TrainingExample.Numbers]) throws(TrainingError) -> Tensor {
    guard let first = parts.first, parts.allSatisfy({ $0.shape == first.shape }) else {
      throw TrainingError("The examples of a batch differ in shape.")
    }
    let count = first.values.count
    let values = [Float](unsafeUninitializedCapacity: parts.count * count) { all, filled in
      for (k, part) in parts.enumerated() {
        guard let target = all.baseAddress else { return }
        part.values.withUnsafeBufferPointer { source in
          guard let source = source.baseAddress else { return }
          (target + k * count).initialize(from: source, count: count)
        }
      }
      filled = parts.count * count
    }
    let tensor = try Tensor(values, shape: [parts.count] + first.shape, library)
    return first.shape.count == 3 ? try tensor.channelsLast() : tensor
  }
}
