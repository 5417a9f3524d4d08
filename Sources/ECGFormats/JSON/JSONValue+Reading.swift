public import ECGCore
public import Foundation

extension JSONValue {
  /// Reads JSON text.
  ///
  /// - Throws: `PageError.invalidRecord` with the place where it breaks the rules.
  public init(parsing data: Data) throws(PageError) {
    var parser = JSONParser(bytes: [UInt8](data))
    self = try parser.document()
  }
}

/// A recursive-descent reader of JSON.
///
/// > Source: RFC 8259. Nesting deeper than 200 is refused, so that no input exhausts the stack.
private struct JSONParser {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(PageError) -> JSONValue {
    let result = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw error() }
    return result
  }

  private mutating func value(depth: Int) throws(PageError) -> JSONValue {
    skipSpace()
    guard at < bytes.count, depth < 200 else { throw error() }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return try .string(string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(PageError) -> JSONValue {
    var members: [JSONValue.Member] = []
    at += 1
    if skip("}") { return .object(members) }
    repeat {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw error() }
      let name = try string()
      guard skip(":") else { throw error() }
      try members.append(JSONValue.Member(name, value(depth: depth + 1)))
    } while skip(",")
    guard skip("}") else { throw error() }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(PageError) -> JSONValue {
    var values: [JSONValue] = []
    at += 1
    if skip("]") { return .array(values) }
    repeat { try values.append(value(depth: depth + 1)) } while skip(",")
    guard skip("]") else { throw error() }
    return .array(values)
  }

  private mutating func number() throws(PageError) -> JSONValue {
    let start = at
    while at < bytes.count, "+-.0123456789eE".utf8.contains(bytes[at]) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw error() }
    return .number(value)
  }

  private mutating func string() throws(PageError) -> String {
    var text: [UInt8] = []
    at += 1
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] == UInt8(ascii: "\\") else {
        text.append(bytes[at])
        at += 1
        continue
      }
      at += 1
      try escape(into: &text)
    }
    guard at < bytes.count else { throw error() }
    at += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(into text: inout [UInt8]) throws(PageError) {
    guard at < bytes.count else { throw error() }
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), bytes[at...].starts(with: "\\u".utf8) {
        at += 2
        units.append(try codeUnit())
      }
      text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    default: throw error()
    }
  }

  private mutating func codeUnit() throws(PageError) -> UInt16 {
    guard at + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
    else { throw error() }
    at += 4
    return unit
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(PageError) -> JSONValue {
    guard bytes[at...].starts(with: word.utf8) else { throw error() }
    at += word.utf8.count
    return value
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  /// Skips space and then `symbol`, if it comes next.
  private mutating func skip(_ symbol: Character) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == symbol.asciiValue else { return false }
    at += 1
    return true
  }

  private func error() -> PageError {
    let line = 1 + bytes.prefix(at).count { $0 == 0x0A }
    return PageError(
      .invalidRecord, "The file is not valid JSON near line \(line).",
      remedy: "Write it again with `einthoven digitize --format json`.")
  }
}
