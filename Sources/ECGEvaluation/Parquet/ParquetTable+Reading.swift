package import ECGCore
package import Foundation

extension ParquetTable {
  /// Reads a Parquet file of flat columns: numbers, texts and truth values.
  ///
  /// Plain and dictionary encodings, data pages of version 1 and 2, uncompressed, gzip or Snappy.
  /// Columns of other types are left out; nested ones are refused.
  ///
  /// - Throws: `PageError.invalidRecord`, `PageError.unsupportedFormat`.
  package init(parsing data: Data) throws(PageError) {
    let bytes = [UInt8](data)
    let mark = Array("PAR1".utf8)
    guard bytes.count >= 12, bytes.starts(with: mark), bytes.suffix(4).elementsEqual(mark) else {
      throw ParquetError.broken("it does not begin and end as one")
    }
    let size: UInt32 = bytes.littleEndian(bytes.count - 8)
    guard Int(size) <= bytes.count - 12 else { throw ParquetError.broken("its footer is cut") }
    var reader = ThriftReader(bytes, at: bytes.count - 8 - Int(size))
    guard let meta = reader.structure(), let rows = meta[3]?.int, rows >= 0 else {
      throw ParquetError.broken("its footer makes no sense")
    }
    let schema = (meta[2]?.list ?? []).dropFirst()
    var columns: [Column] = []
    for (index, element) in schema.enumerated() {
      guard (element[5]?.int ?? 0) == 0, element[3]?.int != 2 else {
        throw ParquetError.unsupported("nested columns")
      }
      guard let name = element[4]?.text, let type = element[1]?.int.flatMap(ParquetType.init)
      else { continue }
      var chunks = ParquetChunks(bytes: bytes, type: type, isOptional: element[3]?.int == 1)
      for group in meta[4]?.list ?? [] {
        let list = group[1]?.list ?? []
        guard list.indices.contains(index), let chunk = list[index][3] else {
          throw ParquetError.broken("a column is missing")
        }
        try chunks.read(chunk)
      }
      let content = chunks.content
      let column = Column(name, content)
      guard column.count == rows else {
        throw ParquetError.broken("a column has gaps in its pages")
      }
      columns.append(column)
    }
    self.init(columns: columns)
  }
}

/// The physical types that are read.
enum ParquetType: Int {
  case boolean = 0
  case int32 = 1
  case int64 = 2
  case float = 4
  case double = 5
  case bytes = 6
}

enum ParquetError {
  static func broken(_ why: String) -> PageError {
    PageError(
      .invalidRecord, "The Parquet file is damaged: \(why).", remedy: "Write it again.")
  }

  static func unsupported(_ what: String) -> PageError {
    PageError(
      .unsupportedFormat, "The Parquet file uses \(what).",
      remedy: "Write it flat, plain or with dictionaries, uncompressed or with Snappy or gzip.")
  }
}
