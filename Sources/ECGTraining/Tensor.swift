import CTorch

/// A tensor of libtorch. Operators of the dispatcher are called by name.
final class Tensor {
  let library: TorchLibrary
  let handle: ein_tensor

  /// Takes over one reference.
  init(_ library: TorchLibrary, owning handle: ein_tensor) {
    (self.library, self.handle) = (library, handle)
  }

  deinit { library.functions.release(handle) }

  /// Creates a tensor from numbers.
  convenience init(
    _ values: [Float], shape: [Int], _ library: TorchLibrary
  ) throws(TrainingError) {
    precondition(values.count == shape.reduce(1, *), "A tensor's shape holds its values")
    var handle: ein_tensor?
    let sizes = shape.map(Int64.init)
    let status = library.functions.from_floats(
      values, sizes, Int32(sizes.count), library.device, &handle)
    try library.check(status, "copy numbers in")
    guard let handle else { throw TrainingError("copy numbers in: no tensor") }
    self.init(library, owning: handle)
  }

  /// The numbers; there must be `count` of them.
  func values(count: Int) throws(TrainingError) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    try library.check(
      library.functions.to_floats(handle, &values, Int64(count)), "copy numbers out")
    return values
  }

  /// All numbers.
  func allValues() throws(TrainingError) -> [Float] {
    try values(count: count)
  }

  /// How many numbers it holds.
  var count: Int { Int(library.functions.number_count(handle)) }

  /// The result of an operator of the dispatcher on this tensor: `aten::name`.
  func applying(_ name: String, _ others: Argument...) throws(TrainingError) -> Tensor {
    try library("aten::\(name)", [.tensor(self)] + others)
  }

  /// The same numbers, the channels of a cell side by side: the layout that convolutions want.
  func channelsLast() throws(TrainingError) -> Tensor {
    try applying("contiguous", .integer(2))
  }

  /// The sizes of its axes.
  func sizes() throws(TrainingError) -> [Int] {
    try applying("_shape_as_tensor").allValues().map(Int.init)
  }

  /// The one number of a tensor.
  func number() throws(TrainingError) -> Float { try values(count: 1)[0] }

  /// Makes this tensor one that gradients are computed for.
  func requireGradient() throws(TrainingError) {
    try library.check(library.functions.require_gradient(handle), "require a gradient")
  }

  /// Computes the gradients of all tensors that ask for one.
  func backward() throws(TrainingError) {
    try library.check(library.functions.backward(handle), "backward")
  }

  /// The gradient, if there is one.
  func gradient() throws(TrainingError) -> Tensor? {
    var found: ein_tensor?
    try library.check(library.functions.gradient(handle, &found), "gradient")
    return found.map { Tensor(library, owning: $0) }
  }

  /// Forgets the gradient.
  func clearGradient() throws(TrainingError) {
    try library.check(library.functions.clear_gradient(handle), "clear a gradient")
  }
}

/// An argument of an operator.
enum Argument {
  case nothing
  case tensor(Tensor)
  case integer(Int)
  case number(Double)
  case truth(Bool)
  case integers([Int])
  case tensors([Tensor])
}

extension TorchLibrary {
  /// Calls an operator that returns one tensor.
  func callAsFunction(_ name: String, _ arguments: [Argument]) throws(TrainingError) -> Tensor {
    guard let first = try all(name, arguments).first else {
      throw TrainingError("\(name) returned no tensor")
    }
    return first
  }

  /// Calls an operator and returns all its tensors.
  @discardableResult
  func all(_ name: String, _ arguments: [Argument]) throws(TrainingError) -> [Tensor] {
    let op = try find(name)
    // Lists must stay where they are until the call returns.
    var integers: [UnsafeMutablePointer<Int64>] = []
    var tensors: [UnsafeMutablePointer<ein_tensor?>] = []
    defer {
      integers.forEach { $0.deallocate() }
      tensors.forEach { $0.deallocate() }
    }
    let values = arguments.map { argument -> ein_value in
      var value = ein_value()
      switch argument {
      case .nothing: value.kind = Int32(EIN_NOTHING.rawValue)
      case .tensor(let tensor):
        value.kind = Int32(EIN_TENSOR.rawValue)
        value.tensor = tensor.handle
      case .integer(let integer):
        value.kind = Int32(EIN_INTEGER.rawValue)
        value.integer = Int64(integer)
      case .number(let number):
        value.kind = Int32(EIN_NUMBER.rawValue)
        value.number = number
      case .truth(let truth):
        value.kind = Int32(EIN_TRUTH.rawValue)
        value.integer = truth ? 1 : 0
      case .integers(let list):
        value.kind = Int32(EIN_INTEGERS.rawValue)
        value.count = Int32(list.count)
        let copy = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, list.count))
        for (k, number) in list.enumerated() { copy[k] = Int64(number) }
        integers.append(copy)
        value.integers = UnsafePointer(copy)
      case .tensors(let list):
        value.kind = Int32(EIN_TENSORS.rawValue)
        value.count = Int32(list.count)
        let copy = UnsafeMutablePointer<ein_tensor?>.allocate(capacity: max(1, list.count))
        for (k, tensor) in list.enumerated() { copy[k] = tensor.handle }
        tensors.append(copy)
        value.tensors = UnsafePointer(copy)
      }
      return value
    }
    var results = [ein_tensor?](repeating: nil, count: 2048)
    var found: Int32 = 0
    let status = functions.call(
      op, values, Int32(values.count), &results, Int32(results.count), &found)
    // Tensors must outlive the call, although only their handles were passed.
    withExtendedLifetime(arguments) {}
    try check(status, name)
    return results.prefix(Int(found)).compactMap { $0.map { Tensor(self, owning: $0) } }
  }
}
