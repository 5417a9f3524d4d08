internal import ECGCore
internal import Foundation

/// The samples of a WFDB signal file, still interleaved.
///
/// > Source: Moody, "WFDB Applications Guide", signal(5).
enum WFDBSamples {
  /// The bits per sample and the value that says "absent", per format.
  static func properties(ofFormat format: Int) -> (bits: Int, missing: Int32)? {
    switch format {
    case 16, 61: (16, -32768)
    case 212: (12, -2048)
    case 24: (24, -8_388_608)
    case 32: (32, Int32.min)
    case 80: (8, -128)
    default: nil
    }
  }

  /// Unpacks all whole samples of `data`; `nil` is absent.
  static func unpack(_ data: Data, format: Int) throws(PageError) -> [Int32?] {
    guard let (bits, missing) = properties(ofFormat: format) else {
      throw WFDBHeader.invalid(
        "The samples are in WFDB format \(format); 16, 24, 32, 61, 80 and 212 are read.")
    }
    let bytes = [UInt8](data)
    let count = bytes.count * 8 / bits
    return (0..<count).map { k -> Int32? in
      let value = sample(k, of: bytes, format: format)
      return value == missing ? nil : value
    }
  }

  private static func sample(_ k: Int, of bytes: [UInt8], format: Int) -> Int32 {
    switch format {
    case 61: return Int32(Int16(bitPattern: UInt16(bytes[2 * k]) << 8 | UInt16(bytes[2 * k + 1])))
    case 80: return Int32(bytes[k]) - 128
    case 212:
      // Two 12-bit samples in three bytes; the middle byte holds both upper halves.
      let at = k / 2 * 3
      let raw =
        k % 2 == 0
        ? UInt16(bytes[at]) | UInt16(bytes[at + 1] & 0x0F) << 8
        : UInt16(bytes[at + 2]) | UInt16(bytes[at + 1] & 0xF0) << 4
      return Int32(Int16(bitPattern: raw << 4) >> 4)
    case 24:
      let low = UInt32(bytes[3 * k]) | UInt32(bytes[3 * k + 1]) << 8
      return Int32(bitPattern: (low | UInt32(bytes[3 * k + 2]) << 16) << 8) >> 8
    case 32:
      var raw: UInt32 = 0
      for byte in 0..<4 { raw |= UInt32(bytes[4 * k + byte]) << (8 * UInt32(byte)) }
      return Int32(bitPattern: raw)
    default: return Int32(Int16(bitPattern: UInt16(bytes[2 * k]) | UInt16(bytes[2 * k + 1]) << 8))
    }
  }
}
