import Foundation

/// Damages files in the ways that wires, disks and adversaries do.
struct Mutator {
  /// Sound files to start from, at least one.
  let bases: [[UInt8]]

  /// A damaged file.
  func mutant(using generator: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes = bases[Int.random(in: bases.indices, using: &generator)]
    let isPNG = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      guard !bytes.isEmpty else { break }
      // Headers decide most: half of all damage goes there.
      let reach = Bool.random(using: &generator) ? min(bytes.count, 700) : bytes.count
      let at = Int.random(in: 0..<reach, using: &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[at] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
      case 3:
        let end = min(bytes.count, at + Int.random(in: 1...64, using: &generator))
        bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 4: bytes.removeSubrange(at..<min(bytes.count, at + 16))
      case 5:
        // Sizes and offsets at their extremes.
        let extreme: [UInt8] =
          [[0, 0, 0, 0], [255, 255, 255, 255], [127, 255, 255, 255], [0, 1, 0, 0]]
          .randomElement(using: &generator) ?? []
        for (k, byte) in extreme.enumerated() where at + k < bytes.count { bytes[at + k] = byte }
      case 6:
        let other = bases[Int.random(in: bases.indices, using: &generator)]
        let cut = Int.random(in: 0...other.count, using: &generator)
        bytes = Array(bytes[..<at]) + other[cut...]
      default:
        for k in at..<min(bytes.count, at + 8) {
          bytes[k] = UInt8.random(in: 0...255, using: &generator)
        }
      }
    }
    // With checksums that hold, the damage reaches past the first check.
    if isPNG, Bool.random(using: &generator) { Mutator.mendChecksums(&bytes) }
    return bytes
  }

  /// Makes the checksum of every whole PNG chunk right.
  ///
  /// > Source: PNG specification (ISO/IEC 15948), 5.3 and annex D.
  private static func mendChecksums(_ bytes: inout [UInt8]) {
    var at = 8
    while at + 12 <= bytes.count {
      let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - at - 12 else { return }
      var crc: UInt32 = 0xFFFF_FFFF
      for byte in bytes[(at + 4)..<(at + 8 + length)] {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
      }
      for k in 0..<4 {
        bytes[at + 8 + length + k] = UInt8(truncatingIfNeeded: ~crc >> UInt32(24 - 8 * k))
      }
      at += 12 + length
    }
  }
}
