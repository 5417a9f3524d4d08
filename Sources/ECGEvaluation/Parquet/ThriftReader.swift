/// A value of Thrift's compact protocol, read without knowing its meaning.
indirect enum ThriftValue {
  case int(Int64)
  case double(Double)
  case binary([UInt8])
  case list([ThriftValue])
  case structure([Int: ThriftValue])

  subscript(field: Int) -> ThriftValue? {
    if case .structure(let fields) = self { fields[field] } else { nil }
  }

  var int: Int? {
    if case .int(let value) = self { Int(exactly: value) } else { nil }
  }

  var list: [ThriftValue] {
    if case .list(let values) = self { values } else { [] }
  }

  var text: String? {
    if case .binary(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
}

/// Reads Thrift's compact protocol; `nil` wherever the bytes end or make no sense.
struct ThriftReader {
  private let bytes: [UInt8]
  private(set) var at: Int
  private var depth = 0

  init(_ bytes: [UInt8], at start: Int) {
    self.bytes = bytes
    at = start
  }

  mutating func structure() -> ThriftValue? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 32 else { return nil }
    var fields: [Int: ThriftValue] = [:]
    var last = 0
    while true {
      guard let head = byte() else { return nil }
      if head == 0 { return .structure(fields) }
      let kind = head & 0x0F
      if head >> 4 == 0 {
        guard let id = zigzag(), id > -32_768, id < 32_768 else { return nil }
        last = Int(id)
      } else {
        last += Int(head >> 4)
      }
      guard let value = value(kind) else { return nil }
      fields[last] = value
    }
  }

  private mutating func value(_ kind: UInt8) -> ThriftValue? {
    switch kind {
    case 1: return .int(1)
    case 2: return .int(0)
    case 3: return byte().map { .int(Int64(Int8(bitPattern: $0))) }
    case 4, 5, 6: return zigzag().map { .int($0) }
    case 7:
      guard at + 8 <= bytes.count else { return nil }
      defer { at += 8 }
      return .double(Double(bitPattern: bytes.littleEndian(at)))
    case 8:
      guard let count = variable(), count <= UInt64(bytes.count - at) else { return nil }
      defer { at += Int(count) }
      return .binary(Array(bytes[at..<(at + Int(count))]))
    case 9, 10: return list()
    case 12: return structure()
    default: return nil
    }
  }

  private mutating func list() -> ThriftValue? {
    guard let head = byte() else { return nil }
    var count = UInt64(head >> 4)
    if count == 15 {
      guard let long = variable() else { return nil }
      count = long
    }
    guard count <= UInt64(bytes.count - at) else { return nil }
    var values: [ThriftValue] = []
    for _ in 0..<count {
      let kind = head & 0x0F
      // Booleans in lists take a byte of their own.
      guard let value = kind <= 2 ? byte().map({ ThriftValue.int($0 == 1 ? 1 : 0) }) : value(kind)
      else { return nil }
      values.append(value)
    }
    return .list(values)
  }

  private mutating func byte() -> UInt8? {
    guard at < bytes.count else { return nil }
    defer { at += 1 }
    return bytes[at]
  }

  mutating func variable() -> UInt64? {
    var (value, shift) = (UInt64(0), UInt64(0))
    while shift < 64, let next = byte() {
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  private mutating func zigzag() -> Int64? {
    variable().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }
}

extension [UInt8] {
  /// The little-endian number at `offset`, which must lie inside.
  func littleEndian<Number: FixedWidthInteger>(_ offset: Int) -> Number {
    (0..<(Number.bitWidth / 8)).reduce(0) {
      $0 | Number(truncatingIfNeeded: self[offset + $1]) << Number(8 * $1)
    }
  }
}
