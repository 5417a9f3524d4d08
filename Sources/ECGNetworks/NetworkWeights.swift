/// The weights of a network, by name.
public struct NetworkWeights: Hashable, Sendable {
  /// Numbers in a shape, the last axis fastest.
  public struct Tensor: Hashable, Sendable {
    /// The sizes of its axes.
    public var shape: [Int]
    /// The numbers, row by row.
    public var values: [Float]

    /// Creates a tensor.
    public init(shape: [Int], values: [Float]) {
      precondition(shape.reduce(1, *) == values.count, "A tensor's shape holds its values")
      self.shape = shape
      self.values = values
    }
  }

  private var tensors: [String: Tensor] = [:]

  /// Creates an empty set.
  public init() {}

  /// The tensor called `name`.
  public subscript(name: String) -> Tensor? {
    get { tensors[name] }
    set { tensors[name] = newValue }
  }

  /// All names, sorted.
  public var names: [String] { tensors.keys.sorted() }
}
