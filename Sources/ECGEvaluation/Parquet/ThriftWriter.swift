/// Writes the compact protocol of Thrift, in which Parquet keeps its metadata.
///
/// > Source: the protocol's description, thrift-compact-protocol.md of Apache Thrift.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var lastField: [Int] = [0]

  enum Kind: UInt8 {
    case int32 = 5
    case int64 = 6
    case binary = 8
    case list = 9
    case structure = 12
  }

  mutating func field(_ id: Int, _ kind: Kind) {
    let delta = id - lastField[lastField.count - 1]
    if delta > 0, delta <= 15 {
      bytes.append(UInt8(delta) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      zigzag(Int64(id))
    }
    lastField[lastField.count - 1] = id
  }

  mutating func int32(_ id: Int, _ value: Int) {
    field(id, .int32)
    zigzag(Int64(value))
  }

  mutating func int64(_ id: Int, _ value: Int) {
    field(id, .int64)
    zigzag(Int64(value))
  }

  mutating func text(_ id: Int, _ value: String) {
    field(id, .binary)
    text(value)
  }

  mutating func text(_ value: String) {
    variable(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  mutating func list(_ id: Int, _ kind: Kind, count: Int) {
    field(id, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      variable(UInt64(count))
    }
  }

  mutating func begin() { lastField.append(0) }

  mutating func end() {
    bytes.append(0)
    lastField.removeLast()
  }

  mutating func zigzag(_ value: Int64) {
    variable(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  mutating func variable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
