#if canImport(Glibc)
  import Glibc
#endif

/// Ratios of label energy to error energy, and decibels.
enum Decibels {
  /// The ratio of a perfect page: 60 dB.
  static let perfectRatio = 1e6

  /// Ten times the logarithm of `ratio`, at least −60.
  static func of(_ ratio: Double) -> Double {
    ratio > 0 ? max(10 * log10(ratio), -60) : -60
  }

  /// Label energy over error energy, at most `limit`; 0 if the label has no energy.
  static func ratio(signal: Double, noise: Double, limit: Double = perfectRatio) -> Double {
    if noise == 0 { return limit }
    if signal == 0 { return 0 }
    return min(signal / noise, limit)
  }
}
