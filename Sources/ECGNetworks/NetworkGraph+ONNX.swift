public import Foundation

extension NetworkGraph {
  /// The network as an ONNX model of pictures of any size and number.
  ///
  /// Batch normalization is folded into the convolution before it, where nothing else reads that.
  /// The model is made in memory where it is needed; only weights are kept in files.
  ///
  /// - Parameter calibration: makes convolutions it knows compute with whole numbers.
  public func onnx(
    with weights: NetworkWeights, calibration: IntegerCalibration? = nil
  ) throws(NetworkError) -> Data {
    if let mismatch = mismatch(with: weights) {
      throw NetworkError(.badWeights, "The weights are not this network's: \(mismatch).")
    }
    var graph = ONNXGraph()
    var names: [String] = []
    var rounded: [Int: String] = [:]
    for (index, node) in nodes.enumerated() {
      var inputs = node.inputs.map { names[$0] }
      let range = calibration?.ranges[node.name]
      if let range {
        let source = node.inputs[0]
        inputs[0] = rounded[source] ?? graph.rounded(inputs[0], to: range)
        rounded[source] = inputs[0]
      }
      names.append(
        node.inputs.first.map(foldedNormalization(after:)) == index
          ? inputs[0] : write(node, index, inputs, weights, isWhole: range != nil, into: &graph))
    }
    graph.add("Identity", [names[names.count - 1]], output: "output")
    graph.picture(11, "input", channels: nodes[0].channels)
    graph.picture(12, "output", channels: nodes[nodes.count - 1].channels)
    return graph.model
  }

  private func write(
    _ node: Node, _ index: Int, _ inputs: [String], _ weights: NetworkWeights,
    isWhole: Bool, into graph: inout ONNXGraph
  ) -> String {
    switch node.operation {
    case .input: return "input"
    case .convolution(let c):
      let (kernel, bias) = folded(index, outputs: c.outputs, weights)
      let (before, after) = c.zeros
      let name = "\(node.name).weight"
      let numbers = isWhole ? graph.wholeKernel(name, kernel) : graph.constant(name, kernel)
      return graph.add(
        "Conv", inputs + [numbers, graph.constant("\(node.name).bias", bias)],
        [
          ("kernel_shape", .integers([c.size, c.size])),
          ("strides", .integers([c.stride, c.stride])),
          ("dilations", .integers([c.dilation, c.dilation])), ("group", .integer(c.groups)),
          ("pads", .integers([before, before, after, after])),
        ])
    case .transposedConvolution(_, let size, let stride):
      return graph.add(
        "ConvTranspose",
        inputs + ["weight", "bias"].map { graph.constant("\(node.name).\($0)", weights, node) },
        [
          ("kernel_shape", .integers([size, size])), ("strides", .integers([stride, stride])),
          ("pads", .integers([Int](repeating: (size - stride) / 2, count: 4))),
        ])
    case .normalization(let epsilon):
      let parts = ["weight", "bias", "running_mean", "running_var"]
      return graph.add(
        "BatchNormalization",
        inputs + parts.map { graph.constant("\(node.name).\($0)", weights, node) },
        [("epsilon", .number(Float(epsilon)))])
    case .groupNormalization(let groups):
      return graph.groupNormalization(node, of: inputs[0], groups: groups, weights)
    case .activation(let kind): return graph.activation(kind, of: inputs[0])
    case .pooling(let kind, let size, let stride):
      let zeros = size % 2 == 1 ? size / 2 : 0
      return graph.add(
        kind == .largest ? "MaxPool" : "AveragePool", inputs,
        [
          ("kernel_shape", .integers([size, size])), ("strides", .integers([stride, stride])),
          ("pads", .integers([Int](repeating: zeros, count: 4))),
        ] + (kind == .mean ? [("count_include_pad", .integer(1))] : []))
    case .globalMean: return graph.add("GlobalAveragePool", inputs)
    case .enlargement(let kind, let factor):
      let scale = NetworkWeights.Tensor(shape: [4], values: [1, 1, Float(factor), Float(factor)])
      let isNearest = kind == .nearest
      return graph.add(
        "Resize", inputs + ["", graph.constant("scale \(factor)", scale)],
        [
          ("mode", .text(isNearest ? "nearest" : "linear")),
          (
            "coordinate_transformation_mode", .text(isNearest ? "asymmetric" : "half_pixel")
          ), ("nearest_mode", .text("floor")),
        ])
    case .coordinates:
      let places = [3, 2].map { graph.places(along: $0, of: inputs[0]) }
      return graph.add("Concat", inputs + places, [("axis", .integer(1))])
    case .softArgMax:
      let share = graph.add("Softmax", inputs, [("axis", .integer(2))])
      let rows = graph.counts(along: 2, of: inputs[0])
      let row = graph.add("Sub", [rows, graph.constant(1)])
      let product = graph.add("Mul", [share, row])
      return graph.add("ReduceSum", [product, graph.constant([2])])
    case .concatenation: return graph.add("Concat", inputs, [("axis", .integer(1))])
    case .addition: return graph.add("Add", inputs)
    }
  }

  /// The batch normalization that alone reads the convolution at `index`.
  private func foldedNormalization(after index: Int) -> Int? {
    guard case .convolution = nodes[index].operation else { return nil }
    let readers = nodes.indices.filter { nodes[$0].inputs.contains(index) }
    guard readers.count == 1, case .normalization = nodes[readers[0]].operation else { return nil }
    return readers[0]
  }

  /// Kernel and bias of a convolution, with the normalization after it worked in.
  private func folded(
    _ index: Int, outputs: Int, _ weights: NetworkWeights
  ) -> (kernel: NetworkWeights.Tensor, bias: NetworkWeights.Tensor) {
    let name = nodes[index].name
    var kernel = weights["\(name).weight"] ?? .init(shape: [0], values: [])
    var bias = weights["\(name).bias"]?.values ?? [Float](repeating: 0, count: outputs)
    if let norm = foldedNormalization(after: index).map({ nodes[$0] }),
      case .normalization(let epsilon) = norm.operation,
      let scale = weights["\(norm.name).weight"]?.values,
      let shift = weights["\(norm.name).bias"]?.values,
      let mean = weights["\(norm.name).running_mean"]?.values,
      let variance = weights["\(norm.name).running_var"]?.values
    {
      let count = kernel.values.count / outputs
      for o in 0..<outputs {
        let factor = scale[o] / (variance[o] + Float(epsilon)).squareRoot()
        for k in 0..<count { kernel.values[o * count + k] *= factor }
        bias[o] = (bias[o] - mean[o]) * factor + shift[o]
      }
    }
    return (kernel, .init(shape: [outputs], values: bias))
  }
}
