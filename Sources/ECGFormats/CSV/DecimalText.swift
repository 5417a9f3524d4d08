/// Decimal numbers as bytes, without locale and without allocation per number.
struct DecimalText {
  private(set) var bytes: [UInt8] = []

  init(reserving capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Appends `value` with exactly `decimals` places, rounded half away from zero; never `-0`.
  ///
  /// - Precondition: `value` is finite, and `value · 10^decimals` fits an `Int`.
  mutating func append(_ value: Double, decimals: Int) {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    var digits = [UInt8](repeating: UInt8(ascii: "0"), count: decimals + 1)
    var rest = scaled.magnitude
    var position = decimals
    while rest > 0 {
      let digit = UInt8(rest % 10) + UInt8(ascii: "0")
      if position >= 0 { digits[position] = digit } else { digits.insert(digit, at: 0) }
      rest /= 10
      position -= 1
    }
    bytes.append(contentsOf: digits.dropLast(decimals))
    guard decimals > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    bytes.append(contentsOf: digits.suffix(decimals))
  }
}
