/// A network, defined once: nodes in the order of computation, weights by name.
///
/// Three things read it: the interpreter that trains it, the ONNX writer, and through that
/// the inference session. It holds no weights and no sizes of pictures.
public struct NetworkGraph: Hashable, Sendable {
  /// The result of a node: what other nodes take as input.
  public struct Value: Hashable, Sendable {
    let index: Int
    /// Channels of the result.
    public let channels: Int
  }

  /// One step of the computation.
  public struct Node: Hashable, Sendable {
    /// The name of the member.
    public var name: String
    /// What the node computes.
    public var operation: Operation
    /// Indices of nodes before this one.
    public var inputs: [Int]
    /// Channels of the result.
    public var channels: Int
  }

  /// The nodes; the last one is the output.
  public private(set) var nodes: [Node] = []

  /// Creates a graph without nodes.
  public init() {}

  init(nodes: [Node]) { self.nodes = nodes }

  /// Adds the picture.
  public mutating func input(channels: Int) -> Value {
    add("input", .input(channels: channels), [], channels: channels)
  }

  /// Adds a square convolution; its weights are called `name.weight` and `name.bias`.
  ///
  /// - Parameters:
  ///   - groups: the parts that channels are split into; as many as there are channels for a
  ///     depthwise convolution.
  ///   - padding: where zeros are added; either way the size is kept at stride 1.
  public mutating func convolution(
    _ name: String, of value: Value, outputs: Int, size: Int, stride: Int = 1, dilation: Int = 1,
    groups: Int = 1, hasBias: Bool = true, padding: Padding = .even
  ) -> Value {
    precondition(size % 2 == 1, "A convolution has a middle")
    precondition(value.channels % groups == 0 && outputs % groups == 0, "Groups are equal parts")
    let convolution = Convolution(
      outputs: outputs, size: size, stride: stride, dilation: dilation, groups: groups,
      hasBias: hasBias, padding: padding)
    return add(name, .convolution(convolution), [value], channels: outputs)
  }

  /// Adds a convolution that enlarges by `stride`; its weights are called `name.weight` and
  /// `name.bias`.
  public mutating func transposedConvolution(
    _ name: String, of value: Value, outputs: Int, size: Int = 2, stride: Int = 2
  ) -> Value {
    precondition((size - stride) % 2 == 0 && size >= stride, "The result is `stride` times larger")
    return add(
      name, .transposedConvolution(outputs: outputs, size: size, stride: stride), [value],
      channels: outputs)
  }

  /// Adds batch normalization; its weights are called `name.weight`, `name.bias`,
  /// `name.running_mean` and `name.running_var`.
  public mutating func normalization(
    _ name: String, of value: Value, epsilon: Double = 1e-5
  ) -> Value {
    add(name, .normalization(epsilon: epsilon), [value], channels: value.channels)
  }

  /// Adds normalization of each picture over groups of channels; its weights are called
  /// `name.weight` and `name.bias`.
  ///
  /// > Source: Wu, He, "Group normalization" (2018), doi:10.1007/978-3-030-01261-8_1.
  public mutating func groupNormalization(
    _ name: String, of value: Value, groups: Int
  ) -> Value {
    precondition(value.channels % groups == 0, "Groups are equal parts")
    return add(name, .groupNormalization(groups: groups), [value], channels: value.channels)
  }

  /// Adds a function of each number.
  public mutating func activation(_ kind: Activation, of value: Value) -> Value {
    add("\(kind.rawValue)\(nodes.count)", .activation(kind), [value], channels: value.channels)
  }

  /// Adds max(x, 0).
  public mutating func rectification(of value: Value) -> Value { activation(.relu, of: value) }

  /// Adds 1 / (1 + e⁻ˣ).
  public mutating func sigmoid(of value: Value) -> Value { activation(.sigmoid, of: value) }

  /// Adds the largest or the mean value of squares; at odd sizes the squares have a middle.
  public mutating func pooling(
    _ kind: Pooling, of value: Value, size: Int, stride: Int
  ) -> Value {
    add(
      "pool\(nodes.count)", .pooling(kind, size: size, stride: stride), [value],
      channels: value.channels)
  }

  /// Adds the mean of each channel: one pixel.
  public mutating func globalMean(of value: Value) -> Value {
    add("mean\(nodes.count)", .globalMean, [value], channels: value.channels)
  }

  /// Adds an enlargement.
  public mutating func enlargement(
    _ kind: Enlargement, of value: Value, factor: Int = 2
  ) -> Value {
    add(
      "enlarge\(nodes.count)", .enlargement(kind, factor: factor), [value],
      channels: value.channels)
  }

  /// Adds a repetition of each pixel in both directions.
  public mutating func doubling(of value: Value) -> Value { enlargement(.nearest, of: value) }

  /// Adds two channels: where a pixel lies across and down, from −1 to 1 between the edges.
  ///
  /// > Source: Liu et al., "CoordConv" (2018), doi:10.48550/arXiv.1807.03247.
  public mutating func withCoordinates(_ value: Value) -> Value {
    add("coordinates\(nodes.count)", .coordinates, [value], channels: value.channels + 2)
  }

  /// Adds the mean row of each column, in pixels, under the softmax of its logits: one row.
  public mutating func softArgMax(of value: Value) -> Value {
    add("argmax\(nodes.count)", .softArgMax, [value], channels: value.channels)
  }

  /// Adds the channels of all values, one after another.
  public mutating func concatenation(of values: [Value]) -> Value {
    add(
      "concat\(nodes.count)", .concatenation, values,
      channels: values.reduce(0) { $0 + $1.channels })
  }

  /// Adds the sum of two values.
  public mutating func addition(of a: Value, _ b: Value) -> Value {
    precondition(a.channels == b.channels, "A sum needs equal channels")
    return add("add\(nodes.count)", .addition, [a, b], channels: a.channels)
  }

  /// Adds convolution, batch normalization and a function, by default rectification.
  public mutating func block(
    _ name: String, of value: Value, outputs: Int, size: Int = 3, stride: Int = 1, groups: Int = 1,
    activation kind: Activation? = .relu
  ) -> Value {
    let sum = convolution(
      "\(name).conv", of: value, outputs: outputs, size: size, stride: stride, groups: groups,
      hasBias: false)
    let even = normalization("\(name).norm", of: sum)
    return kind.map { activation($0, of: even) } ?? even
  }

  private mutating func add(
    _ name: String, _ operation: Operation, _ inputs: [Value], channels: Int
  ) -> Value {
    precondition(!nodes.contains { $0.name == name }, "\(name) is in the graph already")
    nodes.append(
      Node(name: name, operation: operation, inputs: inputs.map(\.index), channels: channels))
    return Value(index: nodes.count - 1, channels: channels)
  }
}
