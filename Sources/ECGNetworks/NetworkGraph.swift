/// A network, defined once: nodes in the order of computation, weights by name.
///
/// Three things read it: the interpreter that trains it, the ONNX writer, and through that
/// the inference session. It holds no weights and no sizes of pictures.
public struct NetworkGraph: Hashable, Sendable {
  /// What a node computes.
  public enum Operation: Hashable, Sendable {
    /// The picture: values channel by channel.
    case input(channels: Int)
    /// A square convolution with zero padding that keeps the size at stride 1.
    case convolution(outputs: Int, size: Int, stride: Int, hasBias: Bool)
    /// Batch normalization with scale and shift; ε = 1e-5.
    case normalization
    /// max(x, 0).
    case rectification
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
    /// Each pixel repeated twice in both directions.
    case doubling
    /// The channels of all inputs, one after another.
    case concatenation
    /// The sum of the inputs.
    case addition
  }

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

  /// Adds the picture.
  public mutating func input(channels: Int) -> Value {
    add("input", .input(channels: channels), [], channels: channels)
  }

  /// Adds a convolution; its weights are called `name.weight` and `name.bias`.
  public mutating func convolution(
    _ name: String, of value: Value, outputs: Int, size: Int, stride: Int = 1, hasBias: Bool = true
  ) -> Value {
    precondition(size % 2 == 1, "A convolution has a middle")
    return add(
      name, .convolution(outputs: outputs, size: size, stride: stride, hasBias: hasBias), [value],
      channels: outputs)
  }

  /// Adds batch normalization; its weights are called `name.weight`, `name.bias`,
  /// `name.running_mean` and `name.running_var`.
  public mutating func normalization(_ name: String, of value: Value) -> Value {
    add(name, .normalization, [value], channels: value.channels)
  }

  /// Adds max(x, 0).
  public mutating func rectification(of value: Value) -> Value {
    add("relu\(nodes.count)", .rectification, [value], channels: value.channels)
  }

  /// Adds 1 / (1 + e⁻ˣ).
  public mutating func sigmoid(of value: Value) -> Value {
    add("sigmoid\(nodes.count)", .sigmoid, [value], channels: value.channels)
  }

  /// Adds a repetition of each pixel in both directions.
  public mutating func doubling(of value: Value) -> Value {
    add("double\(nodes.count)", .doubling, [value], channels: value.channels)
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

  /// Adds convolution, batch normalization and rectification.
  public mutating func block(
    _ name: String, of value: Value, outputs: Int, size: Int = 3, stride: Int = 1
  ) -> Value {
    let sum = convolution(
      "\(name).conv", of: value, outputs: outputs, size: size, stride: stride, hasBias: false)
    return rectification(of: normalization("\(name).norm", of: sum))
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
