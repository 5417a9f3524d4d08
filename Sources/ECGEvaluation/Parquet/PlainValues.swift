import ECGCore

/// Values in Parquet's plain encoding: numbers or texts, by type.
struct PlainValues {
  var numbers: [Double] = []
  var texts: [String] = []

  init() {}

  init(_ slice: ArraySlice<UInt8>, _ type: ParquetType, count: Int) throws(PageError) {
    let bytes = Array(slice)
    let width = [.boolean: 0, .int32: 4, .int64: 8, .float: 4, .double: 8, .bytes: 4][type] ?? 0
    guard count >= 0, count < 1 << 31, (count + 7) / 8 <= bytes.count || count == 0,
      width * count <= bytes.count
    else { throw ParquetError.broken("a page is cut") }
    switch type {
    case .boolean: numbers = (0..<count).map { Double(bytes[$0 / 8] >> UInt8($0 % 8) & 1) }
    case .int32:
      numbers = (0..<count).map { Double(Int32(bitPattern: bytes.littleEndian(4 * $0))) }
    case .int64:
      numbers = (0..<count).map { Double(Int64(bitPattern: bytes.littleEndian(8 * $0))) }
    case .float:
      numbers = (0..<count).map { Double(Float(bitPattern: bytes.littleEndian(4 * $0))) }
    case .double: numbers = (0..<count).map { Double(bitPattern: bytes.littleEndian(8 * $0)) }
    case .bytes:
      var at = 0
      for _ in 0..<count {
        guard at + 4 <= bytes.count else { throw ParquetError.broken("a page is cut") }
        let size: UInt32 = bytes.littleEndian(at)
        guard Int(size) <= bytes.count - at - 4 else { throw ParquetError.broken("a page is cut") }
        texts.append(String(decoding: bytes[(at + 4)..<(at + 4 + Int(size))], as: UTF8.self))
        at += 4 + Int(size)
      }
    }
  }

  /// The values at `indices` of this dictionary.
  func picked(_ indices: [Int], _ type: ParquetType) throws(PageError) -> PlainValues {
    let limit = type == .bytes ? texts.count : numbers.count
    guard indices.allSatisfy({ $0 < limit }) else {
      throw ParquetError.broken("a value is not in its dictionary")
    }
    var out = PlainValues()
    if type == .bytes {
      out.texts = indices.map { texts[$0] }
    } else {
      out.numbers = indices.map { numbers[$0] }
    }
    return out
  }
}

/// Parquet's hybrid of run lengths and packed bits.
enum HybridRuns {
  static func decoded(
    _ slice: ArraySlice<UInt8>, bitWidth: Int, count: Int
  ) throws(PageError) -> [Int] {
    let bytes = Array(slice)
    var reader = ThriftReader(bytes, at: 0)
    guard count >= 0, count < 1 << 31 else { throw ParquetError.broken("a page is cut") }
    if bitWidth == 0 { return [Int](repeating: 0, count: count) }
    let mask = UInt64(1) << UInt64(bitWidth) - 1
    var out: [Int] = []
    while out.count < count {
      guard let head = reader.variable() else { throw ParquetError.broken("a page is cut") }
      let at = reader.at
      if head & 1 == 0 {
        let size = (bitWidth + 7) / 8
        guard at + size <= bytes.count else { throw ParquetError.broken("a page is cut") }
        let value = (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
        let length = min(Int(clamping: head >> 1), count - out.count)
        guard length > 0 else { throw ParquetError.broken("a run is empty") }
        out += repeatElement(value, count: length)
        reader = ThriftReader(bytes, at: at + size)
      } else {
        let groups = Int(clamping: head >> 1)
        guard groups > 0, groups <= bytes.count else { throw ParquetError.broken("a page is cut") }
        let size = min(groups * bitWidth, bytes.count - at)
        var (buffer, bits, next) = (UInt64(0), 0, at)
        for _ in 0..<min(groups * 8, count - out.count) {
          while bits < bitWidth {
            guard next < at + size else { throw ParquetError.broken("a page is cut") }
            buffer |= UInt64(bytes[next]) << UInt64(bits)
            bits += 8
            next += 1
          }
          out.append(Int(buffer & mask))
          buffer >>= UInt64(bitWidth)
          bits -= bitWidth
        }
        reader = ThriftReader(bytes, at: at + size)
      }
    }
    return out
  }
}
