import ECGNetworks

/// A network graph in libtorch: the same nodes, run forward with gradients.
final class GraphInterpreter {
  let library: TorchLibrary
  let graph: NetworkGraph
  /// All weights by name.
  private(set) var weights: [String: Tensor] = [:]
  /// The trained ones, in the graph's order, and whether weight decay applies.
  private(set) var trained: [(name: String, tensor: Tensor, decays: Bool)] = []

  init(
    _ graph: NetworkGraph, weights start: NetworkWeights, _ library: TorchLibrary
  ) throws(TrainingError) {
    self.graph = graph
    self.library = library
    if let mismatch = graph.mismatch(with: start) {
      throw TrainingError("The weights are not this network's: \(mismatch).")
    }
    for parameter in graph.parameters {
      guard let values = start[parameter.name] else { continue }
      let tensor = try Tensor(values.values, shape: values.shape, library)
      weights[parameter.name] = tensor
      switch parameter.role {
      case .kernel:
        try tensor.requireGradient()
        trained.append((parameter.name, tensor, true))
      case .bias, .scale:
        try tensor.requireGradient()
        trained.append((parameter.name, tensor, false))
      case .runningMean, .runningVariance: break
      }
    }
  }

  /// The output for a batch of pictures; running means follow the batch while training.
  ///
  /// - Parameter other: weights to use instead of its own.
  func output(
    for batch: Tensor, isTraining: Bool, with other: [String: Tensor]? = nil
  ) throws(TrainingError) -> Tensor {
    let own = weights
    if let other { weights = other }
    defer { weights = own }
    var values: [Tensor] = []
    for node in graph.nodes {
      let inputs = node.inputs.map { values[$0] }
      values.append(try result(of: node, inputs: inputs, batch: batch, isTraining: isTraining))
    }
    return values[values.count - 1]
  }

  /// The gradient along one weight tensor; all gradients are then forgotten.
  func takeGradients(of name: String) throws(TrainingError) -> [Float] {
    guard let tensor = weights[name], let gradient = try tensor.gradient() else {
      throw TrainingError("\(name) has no gradient.")
    }
    let values = try gradient.allValues()
    for (_, tensor, _) in trained { try tensor.clearGradient() }
    return values
  }

  /// The weights as numbers; or `others`, which have the same names.
  func currentWeights(_ others: [String: Tensor]? = nil) throws(TrainingError) -> NetworkWeights {
    var out = NetworkWeights()
    for parameter in graph.parameters {
      guard let tensor = (others ?? weights)[parameter.name] else { continue }
      let values = try tensor.values(count: parameter.shape.reduce(1, *))
      out[parameter.name] = NetworkWeights.Tensor(shape: parameter.shape, values: values)
    }
    return out
  }
}
