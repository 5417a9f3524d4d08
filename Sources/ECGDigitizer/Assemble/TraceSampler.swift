package import ECGCore

/// Reads a trace at any place along time, band-limited where it is complete.
///
/// Between columns the curve is interpolated by a Kaiser-windowed sinc of 8 neighbours on
/// each side: linear interpolation of one value per column costs 0.8–2.1 dB on 500 Hz pages.
/// Short gaps are bridged by a straight line whose standard deviation grows with the distance
/// to what was seen; ends that are hidden hold the nearest level.
package struct TraceSampler {
  private let firstX: Double
  private let stepX: Double
  private let filled: [TracePoint?]

  /// Prepares `trace`; `bridge` and `hold` are page pixels.
  package init(_ trace: Trace, bridge: Double, hold: Double) {
    firstX = trace.firstX
    stepX = trace.stepX
    filled = TraceSampler.fill(
      trace.points, bridge: Int(bridge / trace.stepX), hold: Int(hold / trace.stepX))
  }

  /// The curve at page column `x`; `nil` where it is absent.
  package func point(at x: Double) -> TracePoint? {
    let t = (x - firstX) / stepX
    let nearest = Int(t.rounded())
    guard filled.indices.contains(nearest) || nearest == -1 || nearest == filled.count else {
      return nil
    }
    let at = min(max(nearest, 0), filled.count - 1)
    guard at >= 0, let centre = filled[at] else { return nil }
    let cell = Int(t.rounded(.down))
    let f = t - Double(cell)
    let reach = 8
    var (sum, weights) = (0.0, 0.0)
    for k in (1 - reach)...reach {
      let i = min(max(cell + k, 0), filled.count - 1)
      // Beyond a gap the nearest level stands in, so that nothing leaks across.
      let y = Double((filled[i] ?? centre).y)
      let weight = TraceSampler.kernel(f - Double(k), reach: Double(reach))
      sum += weight * y
      weights += weight
    }
    return TracePoint(y: Float(sum / weights), standardDeviation: centre.standardDeviation)
  }

  /// A sinc under a Kaiser window (β = 6).
  private static func kernel(_ d: Double, reach: Double) -> Double {
    let r = d / reach
    guard abs(r) < 1 else { return 0 }
    let sinc = abs(d) < 1e-9 ? 1 : sineOfPi(d) / (.pi * d)
    return sinc * bessel(6 * (1 - r * r).squareRoot()) / bessel(6)
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

  private static func fill(_ points: [TracePoint?], bridge: Int, hold: Int) -> [TracePoint?] {
    var out = points
    let present = points.indices.filter { points[$0] != nil }
    guard let first = present.first, let last = present.last else { return out }
    for (a, b) in zip(present, present.dropFirst()) where b - a > 1 && b - a <= bridge + 1 {
      guard let left = points[a], let right = points[b] else { continue }
      for i in (a + 1)..<b {
        let t = Float(i - a) / Float(b - a)
        let y = left.y + t * (right.y - left.y)
        let away = Float(min(i - a, b - i))
        let sd = max(left.standardDeviation, right.standardDeviation) + 0.5 * away
        out[i] = TracePoint(y: y, standardDeviation: sd)
      }
    }
    for i in max(0, first - hold)..<first {
      let sd = (points[first]?.standardDeviation ?? 1) + 0.5 * Float(first - i)
      out[i] = TracePoint(y: points[first]?.y ?? 0, standardDeviation: sd)
    }
    for i in min(points.count, last + 1)..<min(points.count, last + 1 + hold) {
      let sd = (points[last]?.standardDeviation ?? 1) + 0.5 * Float(i - last)
      out[i] = TracePoint(y: points[last]?.y ?? 0, standardDeviation: sd)
    }
    return out
  }
}
