package import Foundation

/// Reads comma-separated text: a header of names, then rows of texts or, quickly, of numbers.
///
/// > Source: RFC 4180; a byte order mark, empty lines and a lacking last line end are borne.
package struct DelimitedReader {
  private let bytes: [UInt8]
  private var at = 0
  /// The line on which the last row began, from 1.
  package private(set) var line = 0
  private var lineEnds = 0

  package init(_ data: Data) {
    bytes = [UInt8](data)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// The next row that is not empty, as text; quotes around a field are taken off.
  package mutating func textRow() -> [String]? {
    while at < bytes.count {
      line = lineEnds + 1
      var fields: [String] = []
      var field: [UInt8] = []
      var isQuoted = false
      while at < bytes.count {
        let byte = bytes[at]
        at += 1
        if byte == UInt8(ascii: "\n") { lineEnds += 1 }
        if byte == UInt8(ascii: "\"") {
          // A doubled quote inside quotes stands for one.
          if isQuoted, at < bytes.count, bytes[at] == byte {
            field.append(byte)
            at += 1
          } else {
            isQuoted.toggle()
          }
        } else if isQuoted {
          field.append(byte)
        } else if byte == UInt8(ascii: ",") {
          fields.append(String(decoding: field, as: UTF8.self))
          field = []
        } else if byte == UInt8(ascii: "\n") {
          break
        } else if byte != UInt8(ascii: "\r") {
          field.append(byte)
        }
      }
      fields.append(String(decoding: field, as: UTF8.self))
      if fields.count > 1 || !fields[0].isEmpty { return fields }
    }
    return nil
  }

  /// All further rows as columns of numbers; NaN where a field is missing or no number.
  package mutating func numberColumns(count: Int) -> [[Double]] {
    var columns = [[Double]](repeating: [], count: count)
    let rows = bytes[at...].count { $0 == UInt8(ascii: "\n") } + 1
    for k in columns.indices { columns[k].reserveCapacity(rows) }
    var row = [Double](repeating: .nan, count: count)
    bytes.withUnsafeBufferPointer { bytes in
      var i = at
      let end = bytes.count
      while i < end {
        let lineStart = i
        var column = 0
        while true {
          let start = i
          while i < end, bytes[i] != UInt8(ascii: ","), bytes[i] != UInt8(ascii: "\n") { i += 1 }
          if column < count { row[column] = DelimitedReader.number(bytes, start, i) }
          column += 1
          if i >= end || bytes[i] == UInt8(ascii: "\n") { break }
          i += 1
        }
        let isEmpty = i == lineStart || (i == lineStart + 1 && bytes[lineStart] == 0x0D)
        i += 1
        if isEmpty { continue }
        for k in 0..<count { columns[k].append(k < column ? row[k] : .nan) }
      }
    }
    at = bytes.count
    return columns
  }

  /// The number in `bytes[start..<end]`; NaN if it is none.
  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Double {
    var (i, end) = (start, end)
    while i < end, bytes[i] <= 0x20 { i += 1 }
    while end > i, bytes[end - 1] <= 0x20 { end -= 1 }
    guard i < end else { return .nan }
    let first = i
    var isNegative = false
    if bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      isNegative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    var (mantissa, digits, decimals, hasPoint) = (UInt64(0), 0, 0, false)
    while i < end {
      let byte = bytes[i]
      if byte >= 48, byte <= 57 {
        mantissa = mantissa &* 10 &+ UInt64(byte - 48)
        digits += 1
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      i += 1
    }
    // Up to 15 digits both numbers are exact and the quotient is rounded once.
    if i == end, digits > 0, digits <= 15 {
      let value = Double(mantissa) / powersOfTen[decimals]
      return isNegative ? -value : value
    }
    let text = String(decoding: bytes[first..<end], as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return .nan }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
