/// Unpacks a block of Snappy, which most programs that write Parquet use.
///
/// > Source: the format's description, format_description.txt of google/snappy.
enum SnappyBlock {
  /// The bytes packed in `input`; `nil` if it is damaged or unpacks to another size than `size`.
  static func unpacked(_ input: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    let bytes = Array(input)
    var reader = ThriftReader(bytes, at: 0)
    guard let promised = reader.variable(), promised == UInt64(size) else { return nil }
    var at = reader.at
    var out: [UInt8] = []
    out.reserveCapacity(size)
    while at < bytes.count {
      let tag = bytes[at]
      at += 1
      if tag & 3 == 0 {
        var length = Int(tag >> 2)
        if length >= 60 {
          let extra = length - 59
          guard at + extra <= bytes.count else { return nil }
          length = (0..<extra).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
          at += extra
        }
        length += 1
        guard at + length <= bytes.count, out.count + length <= size else { return nil }
        out.append(contentsOf: bytes[at..<(at + length)])
        at += length
        continue
      }
      let (length, offset, extra): (Int, Int, Int)
      switch tag & 3 {
      case 1:
        guard at < bytes.count else { return nil }
        (length, offset, extra) = (4 + Int(tag >> 2) & 7, Int(tag >> 5) << 8 | Int(bytes[at]), 1)
      case 2:
        guard at + 2 <= bytes.count else { return nil }
        let two: UInt16 = bytes.littleEndian(at)
        (length, offset, extra) = (1 + Int(tag >> 2), Int(two), 2)
      default:
        guard at + 4 <= bytes.count else { return nil }
        let four: UInt32 = bytes.littleEndian(at)
        (length, offset, extra) = (1 + Int(tag >> 2), Int(four), 4)
      }
      at += extra
      guard offset > 0, offset <= out.count, out.count + length <= size else { return nil }
      // One at a time: a copy may run into what it has just written.
      for _ in 0..<length { out.append(out[out.count - offset]) }
    }
    return out.count == size ? out : nil
  }
}
