import ECGNumerics

extension NetworkGraph {
  /// One tensor of weights that the graph needs.
  public struct Parameter: Hashable, Sendable {
    /// How it starts, and whether it is trained.
    public enum Role: Hashable, Sendable {
      /// Trained; starts random, with a spread for so many inputs.
      case kernel(inputs: Int)
      /// Trained; starts at 0.
      case bias
      /// Trained; starts at 1.
      case scale
      /// Not trained but averaged; starts at 0.
      case runningMean
      /// Not trained but averaged; starts at 1.
      case runningVariance
    }

    /// The name of the member.
    public var name: String
    /// The sizes of its axes.
    public var shape: [Int]
    /// What the numbers do in the node.
    public var role: Role
  }

  /// All weights, in the order of computation.
  public var parameters: [Parameter] {
    nodes.flatMap { node -> [Parameter] in
      switch node.operation {
      case .convolution(let c):
        let inputs = nodes[node.inputs[0]].channels / c.groups
        let kernel = Parameter(
          name: "\(node.name).weight", shape: [c.outputs, inputs, c.size, c.size],
          role: .kernel(inputs: inputs * c.size * c.size))
        let bias = Parameter(name: "\(node.name).bias", shape: [c.outputs], role: .bias)
        return c.hasBias ? [kernel, bias] : [kernel]
      case .transposedConvolution(let outputs, let size, let stride):
        let inputs = nodes[node.inputs[0]].channels
        return [
          Parameter(
            name: "\(node.name).weight", shape: [inputs, outputs, size, size],
            role: .kernel(inputs: max(1, inputs * size * size / (stride * stride)))),
          Parameter(name: "\(node.name).bias", shape: [outputs], role: .bias),
        ]
      case .groupNormalization:
        return [
          Parameter(name: "\(node.name).weight", shape: [node.channels], role: .scale),
          Parameter(name: "\(node.name).bias", shape: [node.channels], role: .bias),
        ]
      case .normalization:
        return [
          Parameter(name: "\(node.name).weight", shape: [node.channels], role: .scale),
          Parameter(name: "\(node.name).bias", shape: [node.channels], role: .bias),
          Parameter(name: "\(node.name).running_mean", shape: [node.channels], role: .runningMean),
          Parameter(
            name: "\(node.name).running_var", shape: [node.channels], role: .runningVariance),
        ]
      default: return []
      }
    }
  }

  /// Weights to start training from: He's normal kernels.
  ///
  /// > Source: He et al., "Delving deep into rectifiers" (2015), doi:10.1109/ICCV.2015.123.
  public func startingWeights(using generator: inout some RandomNumberGenerator) -> NetworkWeights {
    var weights = NetworkWeights()
    for parameter in parameters {
      let count = parameter.shape.reduce(1, *)
      var values = [Float](repeating: 0, count: count)
      switch parameter.role {
      case .kernel(let inputs):
        // One number of the generator a tensor: it may be slow, and there are millions to draw.
        var numbers = SeededGenerator(seed: generator.next())
        let deviation = (2 / Float(inputs)).squareRoot()
        for i in values.indices { values[i] = Float(numbers.boundedNormal()) * deviation }
      case .bias, .runningMean: break
      case .scale, .runningVariance: values = [Float](repeating: 1, count: count)
      }
      weights[parameter.name] = NetworkWeights.Tensor(shape: parameter.shape, values: values)
    }
    return weights
  }

  /// The same, with the logits of a last convolution near −4: its maps mark what is rare, and begin
  /// near 0.
  ///
  /// - Parameter layer: the name of that convolution.
  package func startingWeights(
    rareMaps layer: String, using generator: inout some RandomNumberGenerator
  ) -> NetworkWeights {
    var weights = startingWeights(using: &generator)
    if let count = weights["\(layer).bias"]?.values.count {
      weights["\(layer).bias"]?.values = [Float](repeating: -4, count: count)
    }
    return weights
  }

  /// What keeps `weights` from being this graph's, in words; `nil` if they fit.
  public func mismatch(with weights: NetworkWeights) -> String? {
    for parameter in parameters {
      guard let tensor = weights[parameter.name] else { return "\(parameter.name) is missing" }
      if tensor.shape != parameter.shape {
        return "\(parameter.name) has shape \(tensor.shape), \(parameter.shape) is needed"
      }
    }
    return nil
  }
}
