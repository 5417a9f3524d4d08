extension ONNXGraph {
  /// A weight by its name.
  mutating func constant(
    _ name: String, _ weights: NetworkWeights, _ node: NetworkGraph.Node
  ) -> String { constant(name, weights[name] ?? .init(shape: [0], values: [])) }

  /// A function of each number.
  mutating func activation(_ kind: NetworkGraph.Activation, of x: String) -> String {
    switch kind {
    case .relu: return add("Relu", [x])
    case .relu6: return add("Clip", [x, constant(0), constant(6)])
    case .sigmoid: return add("Sigmoid", [x])
    case .silu: return add("Mul", [x, add("Sigmoid", [x])])
    case .hardSwish: return add("HardSwish", [x])
    case .gelu:
      let root = constant(Float(2).squareRoot())
      let bell = add("Add", [add("Erf", [add("Div", [x, root])]), constant(1)])
      return add("Mul", [add("Mul", [x, bell]), constant(0.5)])
    }
  }

  /// Group normalization, which this opset lacks: normalization of each group as one channel,
  /// then scale and shift.
  mutating func groupNormalization(
    _ node: NetworkGraph.Node, of x: String, groups: Int, _ weights: NetworkWeights
  ) -> String {
    let ones = constant(
      "ones \(groups)", .init(shape: [groups], values: .init(repeating: 1, count: groups)))
    let zeros = constant(
      "zeros \(groups)", .init(shape: [groups], values: .init(repeating: 0, count: groups)))
    let grouped = add("Reshape", [x, constant([0, groups, -1])])
    let even = add(
      "InstanceNormalization", [grouped, ones, zeros], [("epsilon", .number(1e-5))])
    let shaped = add("Reshape", [even, add("Shape", [x])])
    func perChannel(_ name: String) -> NetworkWeights.Tensor {
      .init(shape: [1, node.channels, 1, 1], values: weights["\(node.name).\(name)"]?.values ?? [])
    }
    let scale = constant("\(node.name).weight", perChannel("weight"))
    let shift = constant("\(node.name).bias", perChannel("bias"))
    return add("Add", [add("Mul", [shaped, scale]), shift])
  }

  /// 1, 2, 3 … along an axis, in one channel of the picture's size.
  mutating func counts(along axis: Int, of x: String) -> String {
    let ones = ones(like: x)
    return add("CumSum", [ones, constant([axis])])
  }

  /// (2 i + 1) / size − 1 along an axis.
  mutating func places(along axis: Int, of x: String) -> String {
    let size = add("ReduceSum", [ones(like: x), constant([axis])])
    let middles = add(
      "Sub", [add("Mul", [counts(along: axis, of: x), constant(2)]), constant(1)])
    return add("Sub", [add("Div", [middles, size]), constant(1)])
  }

  private mutating func ones(like x: String) -> String {
    let one = add(
      "ReduceMean", [x], [("axes", .integers([1])), ("keepdims", .integer(1))])
    // Kept finite: nothing times 0 may become "not a number".
    let kept = add("Clip", [one, constant(-1), constant(1)])
    return add("Add", [add("Mul", [kept, constant(0)]), constant(1)])
  }
}
