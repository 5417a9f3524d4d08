#if canImport(Glibc)
  import Glibc
#endif

/// A recursive filter of second order.
///
/// Conventions: y[n] = b0 x[n] + b1 x[n−1] + b2 x[n−2] − a1 y[n−1] − a2 y[n−2].
public struct Biquad: Hashable, Sendable {
  private let b0: Double
  private let b1: Double
  private let b2: Double
  private let a1: Double
  private let a2: Double

  /// A Butterworth low-pass of second order: −3 dB at `cutoff` Hz.
  public static func lowPass(cutoff: Double, samplingFrequency: Double) -> Biquad {
    let k = tan(.pi * cutoff / samplingFrequency)
    let norm = 1 / (1 + 2.0.squareRoot() * k + k * k)
    let b0 = k * k * norm
    return Biquad(b0: b0, b1: 2 * b0, b2: b0, k: k, norm: norm)
  }

  /// A Butterworth high-pass of second order: −3 dB at `cutoff` Hz.
  public static func highPass(cutoff: Double, samplingFrequency: Double) -> Biquad {
    let k = tan(.pi * cutoff / samplingFrequency)
    let norm = 1 / (1 + 2.0.squareRoot() * k + k * k)
    return Biquad(b0: norm, b1: -2 * norm, b2: norm, k: k, norm: norm)
  }

  private init(b0: Double, b1: Double, b2: Double, k: Double, norm: Double) {
    (self.b0, self.b1, self.b2) = (b0, b1, b2)
    a1 = 2 * (k * k - 1) * norm
    a2 = (1 - 2.0.squareRoot() * k + k * k) * norm
  }

  /// Filters in place, starting as if the first sample had gone on forever before.
  func run(_ samples: inout [Double]) {
    guard let first = samples.first else { return }
    let gain = (b0 + b1 + b2) / (1 + a1 + a2)
    var s1 = (gain - b0) * first
    var s2 = (b2 - a2 * gain) * first
    for k in samples.indices {
      let x = samples[k]
      let y = b0 * x + s1
      s1 = b1 * x - a1 * y + s2
      s2 = b2 * x - a2 * y
      samples[k] = y
    }
  }
}

extension [Double] {
  /// These samples filtered forwards and backwards, so that nothing moves in time; the ends are
  /// continued by odd reflection over `padding` samples.
  ///
  /// > Source: Gustafsson, doi:10.1109/78.492552, on why; the ends here are padded, not solved for.
  public func filteredZeroPhase(_ sections: [Biquad], padding: Int) -> [Double] {
    guard self.count >= 2 else { return self }
    let margin = Swift.min(padding, self.count - 1)
    let (first, last) = (self[0], self[self.count - 1])
    let before = (0..<margin).map { 2 * first - self[margin - $0] }
    let after = (0..<margin).map { 2 * last - self[self.count - 2 - $0] }
    var work = before + self + after
    for section in sections { section.run(&work) }
    work.reverse()
    for section in sections { section.run(&work) }
    work.reverse()
    return Array(work[margin..<(margin + self.count)])
  }
}
