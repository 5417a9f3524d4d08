import ECGNetworks

extension GraphInterpreter {
  /// The result of a node.
  func result(
    of node: NetworkGraph.Node, inputs: [Tensor], batch: Tensor, isTraining: Bool
  ) throws(TrainingError) -> Tensor {
    func weight(_ name: String) -> Argument {
      weights["\(node.name).\(name)"].map(Argument.tensor) ?? .nothing
    }
    guard let x = inputs.first else { return batch }
    switch node.operation {
    case .input: return batch
    case .convolution(let c): return try convolution(c, of: x, weight("weight"), weight("bias"))
    case .transposedConvolution(_, let size, let stride):
      let zeros = (size - stride) / 2
      return try x.applying(
        "conv_transpose2d.input", weight("weight"), weight("bias"), .integers([stride, stride]),
        .integers([zeros, zeros]), .integers([0, 0]), .integer(1), .integers([1, 1]))
    case .normalization(let epsilon):
      return try x.applying(
        "batch_norm", weight("weight"), weight("bias"), weight("running_mean"),
        weight("running_var"), .truth(isTraining), .number(0.1), .number(epsilon), .truth(false))
    case .groupNormalization(let groups):
      return try x.applying(
        "group_norm", .integer(groups), weight("weight"), weight("bias"), .number(1e-5),
        .truth(false))
    case .activation(.relu) where overwritable.contains(node.inputs[0]):
      return try x.applying("relu_")
    case .activation(let kind): return try activation(kind, of: x)
    case .pooling(let kind, let size, let stride):
      let zeros = size % 2 == 1 ? size / 2 : 0
      return try x.applying(
        kind == .largest ? "max_pool2d" : "avg_pool2d", .integers([size, size]),
        .integers([stride, stride]), .integers([zeros, zeros]))
    case .globalMean: return try x.applying("adaptive_avg_pool2d", .integers([1, 1]))
    case .enlargement(let kind, let factor):
      let sizes = try x.sizes()
      let wanted = Argument.integers([sizes[2] * factor, sizes[3] * factor])
      // Operators of their own keep the layout that convolutions want; repeating does not.
      return kind == .nearest
        ? try x.applying("upsample_nearest2d", wanted)
        : try x.applying("upsample_bilinear2d", wanted, .truth(false))
    case .coordinates:
      let across = try places(along: 3, of: x)
      return try library(
        "aten::cat", [.tensors([x, across, try places(along: 2, of: x)]), .integer(1)])
    case .softArgMax:
      let rows = try counts(along: 2, of: x).applying("sub.Scalar", .number(1))
      return try x.applying("to.dtype", .integer(6)).applying("softmax.int", .integer(2), .nothing)
        .applying("mul.Tensor", .tensor(rows))
        .applying("sum.dim_IntList", .integers([2]), .truth(true))
    case .concatenation: return try library("aten::cat", [.tensors(inputs), .integer(1)])
    case .addition: return try x.applying("add.Tensor", .tensor(inputs[1]))
    }
  }

  private func convolution(
    _ c: NetworkGraph.Convolution, of x: Tensor, _ kernel: Argument, _ bias: Argument
  ) throws(TrainingError) -> Tensor {
    var (x, zeros) = (x, c.zeros.before)
    if c.zeros.before != c.zeros.after {
      let (before, after) = c.zeros
      x = try x.applying(
        "constant_pad_nd", .integers([before, after, before, after]), .number(0))
      zeros = 0
    }
    return try x.applying(
      "conv2d", kernel, bias, .integers([c.stride, c.stride]), .integers([zeros, zeros]),
      .integers([c.dilation, c.dilation]), .integer(c.groups))
  }

  private func activation(
    _ kind: NetworkGraph.Activation, of x: Tensor
  ) throws(TrainingError) -> Tensor {
    switch kind {
    case .relu: return try x.applying("relu")
    case .relu6: return try x.applying("hardtanh", .number(0), .number(6))
    case .sigmoid: return try x.applying("sigmoid")
    case .silu: return try x.applying("silu")
    case .hardSwish: return try x.applying("hardswish")
    case .gelu: return try x.applying("gelu")
    }
  }

  /// 1, 2, 3 … along an axis, in one channel of the picture's size.
  private func counts(along axis: Int, of x: Tensor) throws(TrainingError) -> Tensor {
    try ones(like: x).applying("cumsum", .integer(axis), .nothing)
  }

  /// (2 i + 1) / size − 1 along an axis.
  private func places(along axis: Int, of x: Tensor) throws(TrainingError) -> Tensor {
    let size = try ones(like: x).applying("sum.dim_IntList", .integers([axis]), .truth(true))
    return try counts(along: axis, of: x).applying("mul.Scalar", .number(2))
      .applying("sub.Scalar", .number(1)).applying("div.Tensor", .tensor(size))
      .applying("sub.Scalar", .number(1))
  }

  private func ones(like x: Tensor) throws(TrainingError) -> Tensor {
    try x.applying("narrow", .integer(1), .integer(0), .integer(1))
      .applying("ones_like", .integer(6))
  }
}
