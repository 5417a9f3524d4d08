import ECGCore
import ECGFormats
import Foundation

/// Gathers the pages of one column over all row groups.
struct ParquetChunks {
  let bytes: [UInt8]
  let type: ParquetType
  let isOptional: Bool
  private var numbers: [Double?] = []
  private var texts: [String?] = []

  init(bytes: [UInt8], type: ParquetType, isOptional: Bool) {
    (self.bytes, self.type, self.isOptional) = (bytes, type, isOptional)
  }

  var content: ParquetTable.Column.Content { type == .bytes ? .texts(texts) : .numbers(numbers) }

  /// Reads the pages of one row group; `chunk` is its column metadata.
  mutating func read(_ chunk: ThriftValue) throws(PageError) {
    guard let wanted = chunk[5]?.int, let data = chunk[9]?.int, let codec = chunk[4]?.int else {
      throw ParquetError.broken("a column does not say where it is")
    }
    var at = min(data, chunk[11]?.int ?? data)
    var seen = 0
    var dictionary = PlainValues()
    while seen < wanted {
      guard at >= 0, at < bytes.count else { throw ParquetError.broken("a page is missing") }
      var reader = ThriftReader(bytes, at: at)
      guard let header = reader.structure(), let kind = header[1]?.int,
        let whole = header[2]?.int, let packed = header[3]?.int, packed >= 0,
        packed <= bytes.count - reader.at, whole >= 0, whole < 1 << 31
      else { throw ParquetError.broken("a page's header makes no sense") }
      let body = bytes[reader.at..<(reader.at + packed)]
      at = reader.at + packed
      switch kind {
      case 2:
        let plain = try unpack(body, size: whole, codec: codec)
        dictionary = try PlainValues(plain[...], type, count: header[7]?[1]?.int ?? 0)
      case 0:
        let plain = try unpack(body, size: whole, codec: codec)
        seen += try page(plain, header[5], dictionary)
      case 3:
        seen += try pageVersion2(body, header[8], dictionary, size: whole, codec: codec)
      default: continue
      }
    }
  }

  private func unpack(
    _ body: ArraySlice<UInt8>, size: Int, codec: Int
  ) throws(PageError) -> [UInt8] {
    switch codec {
    case 0: return Array(body)
    case 1:
      guard let out = SnappyBlock.unpacked(body, size: size) else {
        throw ParquetError.broken("a page cannot be unpacked")
      }
      return out
    case 2: return [UInt8](try GzipFile.unpacked(Data(body)))
    default: throw ParquetError.unsupported("a compression other than Snappy and gzip")
    }
  }

  private mutating func page(
    _ body: [UInt8], _ header: ThriftValue?, _ dictionary: PlainValues
  ) throws(PageError) -> Int {
    guard let count = header?[1]?.int, let encoding = header?[2]?.int, count >= 0 else {
      throw ParquetError.broken("a page's header makes no sense")
    }
    var levels = [Int](repeating: 1, count: isOptional ? 0 : count)
    var rest = body[...]
    if isOptional {
      guard body.count >= 4 else { throw ParquetError.broken("a page is cut") }
      let size: UInt32 = body.littleEndian(0)
      guard Int(size) <= body.count - 4 else { throw ParquetError.broken("a page is cut") }
      levels = try HybridRuns.decoded(body[4..<(4 + Int(size))], bitWidth: 1, count: count)
      rest = body[(4 + Int(size))...]
    }
    try append(rest, levels, encoding, dictionary)
    return count
  }

  private mutating func pageVersion2(
    _ body: ArraySlice<UInt8>, _ header: ThriftValue?, _ dictionary: PlainValues, size: Int,
    codec: Int
  ) throws(PageError) -> Int {
    guard let count = header?[1]?.int, let encoding = header?[4]?.int,
      let levelBytes = header?[5]?.int, let repetitions = header?[6]?.int, repetitions == 0,
      levelBytes >= 0, levelBytes <= body.count, count >= 0
    else { throw ParquetError.broken("a page's header makes no sense") }
    let split = body.startIndex + levelBytes
    var levels = [Int](repeating: 1, count: isOptional ? 0 : count)
    if isOptional {
      levels = try HybridRuns.decoded(body[..<split], bitWidth: 1, count: count)
    }
    let isPacked = header?[7]?.int != 0
    let rest = try unpack(body[split...], size: size - levelBytes, codec: isPacked ? codec : 0)
    try append(rest[...], levels, encoding, dictionary)
    return count
  }

  private mutating func append(
    _ body: ArraySlice<UInt8>, _ levels: [Int], _ encoding: Int, _ dictionary: PlainValues
  ) throws(PageError) {
    let present = levels.count { $0 == 1 }
    var values: PlainValues
    switch encoding {
    case 0: values = try PlainValues(body, type, count: present)
    case 2, 8:
      guard let width = body.first, width <= 32 else { throw ParquetError.broken("a page is cut") }
      let indices = try HybridRuns.decoded(
        body.dropFirst(), bitWidth: Int(width), count: present)
      values = try dictionary.picked(indices, type)
    default: throw ParquetError.unsupported("an encoding other than plain and dictionary")
    }
    var next = 0
    for level in levels {
      if type == .bytes {
        texts.append(level == 1 ? values.texts[next] : nil)
      } else {
        numbers.append(level == 1 ? values.numbers[next] : nil)
      }
      if level == 1 { next += 1 }
    }
  }
}
