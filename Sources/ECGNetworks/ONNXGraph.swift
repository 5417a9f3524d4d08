import Foundation

/// The nodes and numbers of an ONNX graph while it is written.
///
/// > Source: the message numbers are those of onnx.proto3, github.com/onnx/onnx, opset 14.
struct ONNXGraph {
  private(set) var message = ProtobufWriter()
  private var constants: Set<String> = []
  private var fresh = 0

  init() { message.field(2, "network") }

  /// An attribute of a node.
  enum Attribute {
    case integer(Int)
    case integers([Int])
    case number(Float)
    case text(String)
  }

  /// Adds a node and returns the name of its result.
  @discardableResult
  mutating func add(
    _ kind: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
    output: String? = nil
  ) -> String {
    fresh += 1
    let name = output ?? "value\(fresh)"
    message.field(1) { node in
      for input in inputs { node.field(1, input) }
      node.field(2, name)
      node.field(3, name)
      node.field(4, kind)
      for (key, value) in attributes {
        node.field(5) { attribute in
          attribute.field(1, key)
          switch value {
          case .integer(let number):
            attribute.field(3, number)
            attribute.field(20, 2)
          case .integers(let numbers):
            for number in numbers { attribute.field(8, number) }
            attribute.field(20, 7)
          case .number(let number):
            attribute.field(2, number)
            attribute.field(20, 1)
          case .text(let text):
            attribute.field(4, text)
            attribute.field(20, 3)
          }
        }
      }
    }
    return name
  }

  /// Adds numbers and returns their name; the same name is added once.
  mutating func constant(_ name: String, _ tensor: NetworkWeights.Tensor) -> String {
    guard constants.insert(name).inserted else { return name }
    message.field(5) {
      for size in tensor.shape { $0.field(1, size) }
      $0.field(2, 1)
      $0.field(8, name)
      $0.field(9, tensor.values.withUnsafeBytes { Data($0) })
    }
    return name
  }

  /// Adds whole numbers of eight bits.
  mutating func whole(
    _ name: String, _ values: [Int8], shape: [Int], isSigned: Bool
  ) -> String {
    guard constants.insert(name).inserted else { return name }
    message.field(5) {
      for size in shape { $0.field(1, size) }
      $0.field(2, isSigned ? 3 : 2)
      $0.field(8, name)
      $0.field(9, values.withUnsafeBytes { Data($0) })
    }
    return name
  }

  /// Adds one number.
  mutating func constant(_ value: Float) -> String {
    constant("number \(value)", .init(shape: [], values: [value]))
  }

  /// Adds whole numbers.
  mutating func constant(_ values: [Int]) -> String {
    let name = "numbers \(values)"
    guard constants.insert(name).inserted else { return name }
    message.field(5) {
      $0.field(1, values.count)
      $0.field(2, 7)
      $0.field(8, name)
      $0.field(9, values.map { Int64($0).littleEndian }.withUnsafeBytes { Data($0) })
    }
    return name
  }

  /// Adds an input (11) or output (12): any number of pictures of any size.
  mutating func picture(_ number: Int, _ name: String, channels: Int) {
    message.field(number) { value in
      value.field(1, name)
      value.field(2) { type in
        type.field(1) { tensor in
          tensor.field(1, 1)
          tensor.field(2) { shape in
            shape.field(1) { $0.field(2, "pictures") }
            shape.field(1) { $0.field(1, channels) }
            shape.field(1) { $0.field(2, "\(name)_height") }
            shape.field(1) { $0.field(2, "\(name)_width") }
          }
        }
      }
    }
  }

  /// The model around the graph.
  var model: Data {
    var model = ProtobufWriter()
    model.field(1, 8)
    model.field(7, message.data)
    model.field(8) { $0.field(2, 14) }
    return model.data
  }
}
