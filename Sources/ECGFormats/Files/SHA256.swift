public import Foundation

/// The SHA-256 hash of files and options, by which a run knows that it saw them before.
///
/// > Source: NIST FIPS 180-4, doi:10.6028/NIST.FIPS.180-4.
public enum SHA256 {
  /// The hash of `data` as 64 hexadecimal digits.
  public static func hexDigest(of data: Data) -> String {
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
      0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    var schedule = [UInt32](repeating: 0, count: 64)
    data.withUnsafeBytes { absorb($0, &state, &schedule) }
    // The end: a 1 bit, zeros, and the length in bits.
    var tail = [UInt8](data.suffix(data.count % 64)) + [0x80]
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = UInt64(data.count) * 8
    for byte in 0..<8 { tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * byte))) }
    tail.withUnsafeBytes { absorb($0, &state, &schedule) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Takes in all whole blocks of 64 bytes.
  private static func absorb(
    _ bytes: UnsafeRawBufferPointer, _ state: inout [UInt32], _ schedule: inout [UInt32]
  ) {
    schedule.withUnsafeMutableBufferPointer { schedule in
      constants.withUnsafeBufferPointer { constants in
        state.withUnsafeMutableBufferPointer { state in
          for start in stride(from: 0, to: bytes.count - 63, by: 64) {
            absorb(bytes, at: start, state, schedule, constants)
          }
        }
      }
    }
  }

  private static func absorb(
    _ bytes: UnsafeRawBufferPointer, at start: Int, _ state: UnsafeMutableBufferPointer<UInt32>,
    _ w: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>
  ) {
    for t in 0..<16 {
      w[t] = UInt32(
        bigEndian: bytes.loadUnaligned(fromByteOffset: start &+ 4 &* t, as: UInt32.self))
    }
    for t in 16..<64 {
      let s0 = turn(w[t &- 15], 7) ^ turn(w[t &- 15], 18) ^ (w[t &- 15] &>> 3)
      let s1 = turn(w[t &- 2], 17) ^ turn(w[t &- 2], 19) ^ (w[t &- 2] &>> 10)
      w[t] = w[t &- 16] &+ s0 &+ w[t &- 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
      let choice = (e & f) ^ (~e & g)
      let t1 = h &+ s1 &+ choice &+ constants[t] &+ w[t]
      let s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ t1)
      (d, c, b, a) = (c, b, a, t1 &+ s0 &+ majority)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func turn(_ x: UInt32, _ n: UInt32) -> UInt32 { x &>> n | x &<< (32 &- n) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    // The integer cube root of prime · 2^96, bit by bit: its low 32 bits are the fraction.
    return primes.map { prime in
      var root: UInt64 = 0
      for bit in stride(from: 34, through: 0, by: -1) {
        let trial = root | 1 << UInt64(bit)
        if cube(of: trial) <= UInt128(prime) << 96 { root = trial }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }()

  private static func cube(of root: UInt64) -> UInt128 {
    UInt128(root) * UInt128(root) * UInt128(root)
  }
}
