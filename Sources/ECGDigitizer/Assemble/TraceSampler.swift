import ECGCore

/// Reads a trace at any place along time, band-limited where it is complete.
///
/// Between columns the curve is interpolated by a Kaiser-windowed sinc of its neighbours: linear
/// interpolation of one value per column costs 0.8–2.1 dB on 500 Hz pages. Short gaps are bridged
/// by a straight line whose standard deviation grows with the distance to what was seen.
///
/// A trace has gaps and ends, and each value carries its uncertainty: a window of a few points
/// lets neither reach far. `BandLimitedCurve` of ECGSignals interpolates gap-free runs by one
/// Fourier transform, which would have to invent what was not seen.
struct TraceSampler {
  private let parameters: AssembleParameters.Sampling
  private let firstX: Double
  private let stepX: Double
  private let filled: [TracePoint?]
  /// The window's greatest value.
  private let peak: Double

  /// Prepares `trace`; gaps of up to `bridge` page pixels are read through.
  init(_ trace: Trace, bridge: Double, parameters: AssembleParameters.Sampling = .init()) {
    self.parameters = parameters
    firstX = trace.firstX
    stepX = trace.stepX
    filled = TraceSampler.bridged(
      trace.points, Int(bridge / trace.stepX), growth: parameters.gapDeviation)
    peak = TraceSampler.bessel(parameters.beta)
  }

  /// The curve at page column `x`; `nil` where it is absent.
  func point(at x: Double) -> TracePoint? {
    let t = (x - firstX) / stepX
    let nearest = Int(t.rounded())
    guard filled.indices.contains(nearest) || nearest == -1 || nearest == filled.count else {
      return nil
    }
    let at = min(max(nearest, 0), filled.count - 1)
    guard at >= 0, let centre = filled[at] else { return nil }
    let cell = Int(t.rounded(.down))
    let f = t - Double(cell)
    let reach = parameters.reach
    var (sum, weights) = (0.0, 0.0)
    for k in (1 - reach)...reach {
      let i = min(max(cell + k, 0), filled.count - 1)
      // Beyond a gap the nearest level stands in, so that nothing leaks across.
      let y = Double((filled[i] ?? centre).y)
      let weight = kernel(f - Double(k), reach: Double(reach))
      sum += weight * y
      weights += weight
    }
    return TracePoint(y: Float(sum / weights), standardDeviation: centre.standardDeviation)
  }

  /// A sinc under a Kaiser window.
  private func kernel(_ d: Double, reach: Double) -> Double {
    let r = d / reach
    guard abs(r) < 1 else { return 0 }
    let sinc = abs(d) < 1e-9 ? 1 : TraceSampler.sineOfPi(d) / (.pi * d)
    return sinc * TraceSampler.bessel(parameters.beta * (1 - r * r).squareRoot()) / peak
  }

  /// The modified Bessel function of order 0, by its series.
  private static func bessel(_ x: Double) -> Double {
    var (term, sum, k) = (1.0, 1.0, 1.0)
    while term > 1e-10 * sum {
      term *= (x / (2 * k)) * (x / (2 * k))
      sum += term
      k += 1
    }
    return sum
  }

  /// sin(π d), exact at whole numbers.
  private static func sineOfPi(_ d: Double) -> Double {
    let whole = d.rounded()
    let r = (d - whole) * .pi
    let r2 = r * r
    // Taylor's series; |r| ≤ π/2.
    var (term, sum) = (r, r)
    for k in 1...7 {
      term *= -r2 / Double((2 * k) * (2 * k + 1))
      sum += term
    }
    return Int(whole) % 2 == 0 ? sum : -sum
  }

  /// `points` with straight lines across gaps of up to `bridge` points.
  private static func bridged(
    _ points: [TracePoint?], _ bridge: Int, growth: Float
  ) -> [TracePoint?] {
    var out = points
    let present = points.indices.filter { points[$0] != nil }
    for (a, b) in zip(present, present.dropFirst()) where b - a > 1 && b - a <= bridge + 1 {
      guard let left = points[a], let right = points[b] else { continue }
      for i in (a + 1)..<b {
        let t = Float(i - a) / Float(b - a)
        let away = Float(min(i - a, b - i))
        out[i] = TracePoint(
          y: left.y + t * (right.y - left.y),
          standardDeviation: max(left.standardDeviation, right.standardDeviation) + growth * away)
      }
    }
    return out
  }
}
