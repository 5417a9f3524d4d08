import ECGNetworks

/// A network graph in libtorch: the same nodes, run forward with gradients.
final class GraphInterpreter {
  let library: TorchLibrary
  let graph: NetworkGraph
  /// All weights by name.
  private(set) var weights: [String: Tensor] = [:]
  /// The trained ones, in the graph's order, and whether weight decay applies.
  private(set) var trained: [(name: String, tensor: Tensor, decays: Bool)] = []
  /// Nodes whose result nothing else reads and no gradient needs: ReLUs overwrite them.
  let overwritable: Set<Int>

  init(
    _ graph: NetworkGraph, weights start: NetworkWeights, _ library: TorchLibrary
  ) throws(TrainingError) {
    (self.graph, self.library) = (graph, library)
    overwritable = GraphInterpreter.overwritable(in: graph)
    if let mismatch = graph.mismatch(with: start) {
      throw TrainingError("The weights are not this network's: \(mismatch).")
    }
    for parameter in graph.parameters {
      guard let values = start[parameter.name] else { continue }
      var tensor = try Tensor(values.values, shape: values.shape, library)
      // As the pictures: otherwise every step would convert kernels and their gradients.
      if values.shape.count == 4 { tensor = try tensor.channelsLast() }
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

  private static func overwritable(in graph: NetworkGraph) -> Set<Int> {
    let readers = graph.nodes.flatMap(\.inputs).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return Set(
      graph.nodes.indices.filter { k in
        guard readers[k] == 1 else { return false }
        switch graph.nodes[k].operation {
        case .convolution, .normalization: return true
        default: return false
        }
      })
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
