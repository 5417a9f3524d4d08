public import Foundation

extension NetworkGraph {
  /// The network as an ONNX model with one picture at a time, of any size.
  ///
  /// Normalization is folded into the convolution before it. The model is made in memory
  /// where it is needed; only weights are kept in files.
  ///
  /// > Source: the message numbers are those of onnx.proto3, github.com/onnx/onnx, opset 13.
  public func onnx(with weights: NetworkWeights) throws(NetworkError) -> Data {
    if let mismatch = mismatch(with: weights) {
      throw NetworkError(.badWeights, "The weights are not this network's: \(mismatch).")
    }
    let folded = foldedConvolutions(weights)
    var graph = ProtobufWriter()
    var names: [String] = []
    for (index, node) in nodes.enumerated() {
      if case .normalization = node.operation {
        names.append(names[node.inputs[0]])
        continue
      }
      let isLast = index == nodes.count - 1
      names.append(isLast ? "output" : node.name)
      let inputs = node.inputs.map { names[$0] }
      write(node, inputs: inputs, name: names[index], folded: folded, into: &graph)
    }
    graph.field(2, "network")
    for (name, tensor) in folded.sorted(by: { $0.key < $1.key }) {
      graph.field(5) { $0.initializer(name, tensor) }
    }
    graph.field(5) { $0.initializer("twice", .init(shape: [4], values: [1, 1, 2, 2])) }
    graph.field(11) { $0.picture("input", channels: nodes[0].channels) }
    graph.field(12) { $0.picture("output", channels: nodes[nodes.count - 1].channels) }

    var model = ProtobufWriter()
    model.field(1, 8)
    model.field(7, graph.data)
    model.field(8) { $0.field(2, 13) }
    return model.data
  }

  private func write(
    _ node: Node, inputs: [String], name: String,
    folded: [String: NetworkWeights.Tensor], into graph: inout ProtobufWriter
  ) {
    func add(_ kind: String, _ inputs: [String], _ attributes: (inout ProtobufWriter) -> Void) {
      graph.field(1) { message in
        for input in inputs { message.field(1, input) }
        message.field(2, name)
        message.field(3, name)
        message.field(4, kind)
        attributes(&message)
      }
    }
    switch node.operation {
    case .input, .normalization: break
    case .convolution(_, let size, let stride, _):
      add("Conv", inputs + ["\(node.name).weight", "\(node.name).bias"]) {
        $0.attribute("kernel_shape", [size, size])
        $0.attribute("strides", [stride, stride])
        $0.attribute("pads", [Int](repeating: size / 2, count: 4))
      }
    case .rectification: add("Relu", inputs) { _ in }
    case .sigmoid: add("Sigmoid", inputs) { _ in }
    case .doubling:
      add("Resize", inputs + ["", "twice"]) {
        $0.attribute("mode", "nearest")
        $0.attribute("coordinate_transformation_mode", "asymmetric")
        $0.attribute("nearest_mode", "floor")
      }
    case .concatenation: add("Concat", inputs) { $0.attribute("axis", 1) }
    case .addition: add("Add", inputs) { _ in }
    }
  }

  /// Kernels and biases of all convolutions, with the normalization after them worked in.
  private func foldedConvolutions(_ weights: NetworkWeights) -> [String: NetworkWeights.Tensor] {
    var folded: [String: NetworkWeights.Tensor] = [:]
    for (index, node) in nodes.enumerated() {
      guard case .convolution(let outputs, _, _, _) = node.operation,
        var kernel = weights["\(node.name).weight"]
      else { continue }
      var bias = weights["\(node.name).bias"]?.values ?? [Float](repeating: 0, count: outputs)
      let norm = nodes.first { $0.operation == .normalization && $0.inputs == [index] }
      if let norm, let scale = weights["\(norm.name).weight"]?.values,
        let shift = weights["\(norm.name).bias"]?.values,
        let mean = weights["\(norm.name).running_mean"]?.values,
        let variance = weights["\(norm.name).running_var"]?.values
      {
        let count = kernel.values.count / outputs
        for o in 0..<outputs {
          let factor = scale[o] / (variance[o] + 1e-5).squareRoot()
          for k in 0..<count { kernel.values[o * count + k] *= factor }
          bias[o] = (bias[o] - mean[o]) * factor + shift[o]
        }
      }
      folded["\(node.name).weight"] = kernel
      folded["\(node.name).bias"] = NetworkWeights.Tensor(shape: [outputs], values: bias)
    }
    return folded
  }
}

extension ProtobufWriter {
  fileprivate mutating func attribute(_ name: String, _ value: Int) {
    field(5) {
      $0.field(1, name)
      $0.field(3, value)
      $0.field(20, 2)
    }
  }

  fileprivate mutating func attribute(_ name: String, _ values: [Int]) {
    field(5) {
      $0.field(1, name)
      for value in values { $0.field(8, value) }
      $0.field(20, 7)
    }
  }

  fileprivate mutating func attribute(_ name: String, _ text: String) {
    field(5) {
      $0.field(1, name)
      $0.field(4, text)
      $0.field(20, 3)
    }
  }

  fileprivate mutating func initializer(_ name: String, _ tensor: NetworkWeights.Tensor) {
    for size in tensor.shape { field(1, size) }
    field(2, 1)
    field(8, name)
    field(9, tensor.values.withUnsafeBytes { Data($0) })
  }

  /// A value of one picture with `channels` channels and any height and width.
  fileprivate mutating func picture(_ name: String, channels: Int) {
    field(1, name)
    field(2) { type in
      type.field(1) { tensor in
        tensor.field(1, 1)
        tensor.field(2) { shape in
          shape.field(1) { $0.field(1, 1) }
          shape.field(1) { $0.field(1, channels) }
          shape.field(1) { $0.field(2, "\(name)_height") }
          shape.field(1) { $0.field(2, "\(name)_width") }
        }
      }
    }
  }
}
