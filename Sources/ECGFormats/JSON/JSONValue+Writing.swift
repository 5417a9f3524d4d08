public import Foundation

extension JSONValue {
  /// This value as UTF-8 text: objects over several lines, arrays of plain values on one.
  ///
  /// > Source: RFC 8259. Numbers that are not finite cannot be said in JSON and become `null`.
  public func serialized() -> Data {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return Data(bytes)
  }

  private func write(to out: inout [UInt8], indent: Int) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): JSONValue.write(value, to: &out)
    case .string(let text): JSONValue.write(text, to: &out)
    case .array(let values):
      let isPlain = values.allSatisfy(\.isPlain)
      out.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        if !isPlain { JSONValue.newLine(&out, indent + 1) }
        value.write(to: &out, indent: indent + 1)
      }
      if !isPlain { JSONValue.newLine(&out, indent) }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        JSONValue.newLine(&out, indent + 1)
        JSONValue.write(member.name, to: &out)
        out.append(contentsOf: ": ".utf8)
        member.value.write(to: &out, indent: indent + 1)
      }
      if !members.isEmpty { JSONValue.newLine(&out, indent) }
      out.append(UInt8(ascii: "}"))
    }
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private static func newLine(_ out: inout [UInt8], _ indent: Int) {
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<indent { out.append(contentsOf: "  ".utf8) }
  }

  private static func write(_ value: Double, to out: inout [UInt8]) {
    if !value.isFinite {
      out.append(contentsOf: "null".utf8)
    } else if value == value.rounded(), abs(value) < 1e15 {
      out.append(contentsOf: String(Int(value)).utf8)
    } else {
      out.append(contentsOf: value.description.utf8)
    }
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        out.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count)).utf8)
        out.append(contentsOf: digits.utf8)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
