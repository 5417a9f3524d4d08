import ECGSignals

/// Brings one lead of a prediction to the truth's sample times.
///
/// Copied where the grids coincide, else band-limited over each gap-free run (low-passed first
/// when the prediction is sampled faster), and by a cubic spline for irregular times.
struct LeadResampler {
  let grid: TimeGrid
  /// The truth's rate in Hz.
  let samplingFrequency: Double

  /// The prediction at `count` samples from `start` (seconds of page time) on, absent where it is absent.
  ///
  /// - Parameter delay: seconds by which the prediction's own time runs before page time.
  func samples(of values: [Double], from start: Double, count: Int, delay: Double) -> [Double] {
    var out = [Double](repeating: .nan, count: count)
    if let steps = grid.wholeSteps(to: start - delay, samplingFrequency: samplingFrequency) {
      for k in max(0, -steps)..<max(max(0, -steps), min(count, values.count - steps)) {
        out[k] = values[k + steps]
      }
      return out
    }
    let wanted = (0..<count).map { start + Double($0) / samplingFrequency - delay }
    let step = grid.step
    for run in runs(values.count, where: { values[$0].isFinite }) {
      let (first, last) = (grid.times[run.lowerBound], grid.times[run.upperBound - 1])
      let before = run.count == 1 ? first - 0.51 * step : first - 0.51 * step
      let after = run.count == 1 ? first + 0.51 * step : last + 1.01 * step
      let inside = wanted.indices.filter { wanted[$0] >= before && wanted[$0] <= after }
      guard let from = inside.first, let to = inside.last else { continue }
      let curve = curve(through: values, run)
      for k in from...to { out[k] = curve(min(max(wanted[k], first), last)) }
    }
    return out
  }

  private func curve(through values: [Double], _ run: Range<Int>) -> (Double) -> Double {
    let run = Array(run)
    let y = run.map { values[$0] }
    let start = grid.times[run[0]]
    if y.count == 1 { return { _ in y[0] } }
    if grid.isEven, y.count >= 8 {
      let passBand = BandLimitedCurve.passBand(forRateRatio: samplingFrequency * grid.step)
      let curve = BandLimitedCurve(y, passBand: passBand)
      let step = grid.step
      return { curve.value(at: ($0 - start) / step) }
    }
    let times = run.map { grid.times[$0] }
    if y.count >= 4 { return CubicSpline(places: times, values: y).value }
    return { time in
      let i = times.indices.dropLast().last { times[$0] <= time } ?? 0
      let t = (time - times[i]) / (times[i + 1] - times[i])
      return y[i] + t * (y[i + 1] - y[i])
    }
  }
}
