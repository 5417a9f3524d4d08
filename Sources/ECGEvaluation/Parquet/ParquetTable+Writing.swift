package import Foundation

extension ParquetTable {
  /// The table as a Parquet file: one row group, one plain page per column, not compressed.
  ///
  /// Numbers become DOUBLE, texts BYTE_ARRAY (UTF8); a column is optional only if it has gaps.
  ///
  /// > Source: the format's description, parquet.thrift of Apache Parquet.
  package func parquetData() -> Data {
    var out = [UInt8]("PAR1".utf8)
    var places: [(offset: Int, size: Int)] = []
    for column in columns {
      let offset = out.count
      let body = column.plainPage
      var header = ThriftWriter()
      header.int32(1, 0)  // a data page
      header.int32(2, body.count)
      header.int32(3, body.count)
      header.field(5, .structure)
      header.begin()
      header.int32(1, column.count)
      header.int32(2, 0)  // PLAIN
      header.int32(3, 3)  // levels by RLE
      header.int32(4, 3)
      header.end()
      out += header.bytes + [0] + body
      places.append((offset, out.count - offset))
    }
    let footer = metadata(places)
    out += footer
    out += withUnsafeBytes(of: UInt32(footer.count).littleEndian, Array.init)
    out += "PAR1".utf8
    return Data(out)
  }

  private func metadata(_ places: [(offset: Int, size: Int)]) -> [UInt8] {
    var t = ThriftWriter()
    t.int32(1, 1)
    t.list(2, .structure, count: columns.count + 1)
    t.begin()
    t.text(4, "schema")
    t.int32(5, columns.count)
    t.end()
    for column in columns {
      t.begin()
      t.int32(1, column.physicalType)
      t.int32(3, column.hasGaps ? 1 : 0)
      t.text(4, column.name)
      if case .texts = column.content { t.int32(6, 0) }
      t.end()
    }
    t.int64(3, rowCount)
    t.list(4, .structure, count: 1)
    t.begin()
    t.list(1, .structure, count: columns.count)
    for (column, place) in zip(columns, places) {
      t.begin()
      t.int64(2, place.offset)
      t.field(3, .structure)
      t.begin()
      t.int32(1, column.physicalType)
      t.list(2, .int32, count: 2)
      t.zigzag(0)
      t.zigzag(3)
      t.list(3, .binary, count: 1)
      t.text(column.name)
      t.int32(4, 0)
      t.int64(5, column.count)
      t.int64(6, place.size)
      t.int64(7, place.size)
      t.int64(9, place.offset)
      t.end()
      t.end()
    }
    t.int64(2, places.reduce(0) { $0 + $1.size })
    t.int64(3, rowCount)
    t.end()
    t.text(6, "einthoven")
    return t.bytes + [0]
  }
}

extension ParquetTable.Column {
  fileprivate var physicalType: Int {
    if case .numbers = content { 5 } else { 6 }
  }

  fileprivate var hasGaps: Bool {
    switch content {
    case .numbers(let values): values.contains(nil)
    case .texts(let values): values.contains(nil)
    }
  }

  private var isPresent: [Bool] {
    switch content {
    case .numbers(let values): values.map { $0 != nil }
    case .texts(let values): values.map { $0 != nil }
    }
  }

  /// Definition levels, if the column has gaps, then the values.
  fileprivate var plainPage: [UInt8] {
    var out: [UInt8] = []
    if hasGaps {
      let levels = ParquetLevels.encoded(isPresent)
      out += withUnsafeBytes(of: UInt32(levels.count).littleEndian, Array.init) + levels
    }
    switch content {
    case .numbers(let values):
      out.reserveCapacity(out.count + 8 * values.count)
      for case let value? in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { out.append(contentsOf: $0) }
      }
    case .texts(let values):
      for case let value? in values {
        let utf8 = Array(value.utf8)
        withUnsafeBytes(of: UInt32(utf8.count).littleEndian) { out.append(contentsOf: $0) }
        out += utf8
      }
    }
    return out
  }
}

/// Runs of "present" and "absent", in Parquet's hybrid of run lengths and packed bits.
enum ParquetLevels {
  static func encoded(_ present: [Bool]) -> [UInt8] {
    var writer = ThriftWriter()
    var out: [UInt8] = []
    var start = 0
    while start < present.count {
      var end = start
      while end < present.count, present[end] == present[start] { end += 1 }
      writer = ThriftWriter()
      writer.variable(UInt64(end - start) << 1)
      out += writer.bytes + [present[start] ? 1 : 0]
      start = end
    }
    return out
  }
}
