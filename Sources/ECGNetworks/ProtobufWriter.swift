import Foundation

/// Writes the few kinds of protocol-buffer fields that an ONNX model needs.
///
/// > Source: protobuf.dev/programming-guides/encoding.
struct ProtobufWriter {
  private(set) var data = Data()

  /// A whole number.
  mutating func field(_ number: Int, _ value: Int) {
    variableLength(UInt64(number << 3))
    variableLength(UInt64(bitPattern: Int64(value)))
  }

  /// A number of single precision.
  mutating func field(_ number: Int, _ value: Float) {
    variableLength(UInt64(number << 3 | 5))
    withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
  }

  /// Text.
  mutating func field(_ number: Int, _ text: String) { field(number, Data(text.utf8)) }

  /// Bytes, or a message that is written already.
  mutating func field(_ number: Int, _ bytes: Data) {
    variableLength(UInt64(number << 3 | 2))
    variableLength(UInt64(bytes.count))
    data.append(bytes)
  }

  /// A message inside this one.
  mutating func field(_ number: Int, _ write: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    write(&inner)
    field(number, inner.data)
  }

  private mutating func variableLength(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
}
