import ECGNumerics

#if canImport(Glibc)
  import Glibc
#endif

/// The band-limited curve through a gap-free run of evenly spaced samples, at any place.
///
/// The run is continued at both ends by odd reflection (so level and slope go on), freed of
/// its straight trend, interpolated eightfold by its Fourier transform and from there by a
/// cubic spline. Linear interpolation instead costs 0.8–2.1 dB on real pages.
///
/// Conventions:
/// - Places are sample indices of the run, 0 at its first sample, and may be fractions.
/// - Places beyond the run are taken at its nearest end.
///
/// > Source: Fraser, "Interpolation by the FFT revisited", doi:10.1109/29.1602.
public struct BandLimitedCurve: Sendable {
  private static let factor = 8
  private let spline: CubicSpline
  private let last: Double

  /// Prepares the curve through `samples`, at least two.
  ///
  /// - Parameter passBand: keeps only this share of the run's own band (0…1), with a raised
  ///   cosine edge; `nil` keeps all. Needed before taking fewer samples than there are.
  public init(_ samples: [Double], passBand: Double? = nil) {
    precondition(samples.count >= 2, "A curve needs two samples")
    let n = samples.count
    let margin = min(n - 1, max(8, n / 4))
    let extended = BandLimitedCurve.extended(samples, by: margin)
    let dense = BandLimitedCurve.interpolated(extended, passBand: passBand)
    let from = margin * BandLimitedCurve.factor
    let count = (n - 1) * BandLimitedCurve.factor + 1
    spline = CubicSpline(
      start: 0, step: 1 / Double(BandLimitedCurve.factor),
      values: Array(dense[from..<(from + count)]))
    last = Double(n - 1)
  }

  /// The curve at `place`.
  public func value(at place: Double) -> Double {
    spline.value(at: min(max(place, 0), last))
  }

  /// The pass band that keeps samples taken `ratio` times as often free of aliases; `nil` if
  /// none is needed.
  public static func passBand(forRateRatio ratio: Double) -> Double? {
    ratio < 0.85 ? min(1, 0.98 * ratio) : nil
  }

  private static func extended(_ y: [Double], by margin: Int) -> [Double] {
    let (first, last, n) = (y[0], y[y.count - 1], y.count)
    let before = (1...margin).reversed().map { 2 * first - y[$0] }
    let after = (1...margin).map { 2 * last - y[n - 1 - $0] }
    return before + y + after
  }

  private static func interpolated(_ z: [Double], passBand: Double?) -> [Double] {
    let n = z.count
    let slope = (z[n - 1] - z[0]) / Double(n - 1)
    var real = z.indices.map { z[$0] - z[0] - slope * Double($0) }
    var imaginary = [Double](repeating: 0, count: n)
    FourierTransform(count: n).forward(&real, &imaginary)
    let dense = n * factor
    var wideReal = [Double](repeating: 0, count: dense)
    var wideImaginary = wideReal
    let scale = Double(factor)
    for k in 0...(n / 2) {
      var gain = scale
      if let passBand, passBand < 1 {
        gain *= response(at: Double(k) / (Double(n) / 2), passBand: passBand)
      }
      if n % 2 == 0, k == n / 2 { gain *= 0.5 }
      wideReal[k] = real[k] * gain
      wideImaginary[k] = imaginary[k] * gain
      if k > 0 {
        wideReal[dense - k] = wideReal[k]
        wideImaginary[dense - k] = -wideImaginary[k]
      }
    }
    FourierTransform(count: dense).inverse(&wideReal, &wideImaginary)
    for k in 0..<dense { wideReal[k] += z[0] + slope * Double(k) / scale }
    return wideReal
  }

  private static func response(at frequency: Double, passBand: Double) -> Double {
    let width = 0.08 * passBand
    if frequency <= passBand - width { return 1 }
    if frequency >= passBand { return 0 }
    return 0.5 + 0.5 * cos(.pi * (frequency - passBand + width) / width)
  }
}

extension [Double] {
  /// These evenly spaced samples at another rate, band-limited, with the first at the same time.
  ///
  /// - Returns: the samples up to the time of the last of these; these if there are fewer than 2.
  public func resampled(from samplingFrequency: Double, to wanted: Double) -> [Double] {
    precondition(samplingFrequency > 0 && wanted > 0)
    guard self.count >= 2, samplingFrequency != wanted else { return self }
    let ratio = wanted / samplingFrequency
    let curve = BandLimitedCurve(self, passBand: BandLimitedCurve.passBand(forRateRatio: ratio))
    let length = Int((Double(self.count - 1) * ratio + 1e-9).rounded(.down)) + 1
    return (0..<length).map { curve.value(at: Double($0) / ratio) }
  }
}
