import ECGCore
import ECGSignals

/// How far one trace lies beside its time, as a line over the whole lead and window by window.
///
/// > Source: least squares over windows of half a second; in each, gain and level are free, so that
/// > what the tracer does to amplitudes is not taken for time.
struct LeadShifts {
  /// The shift within one window.
  struct Window {
    /// Page time of the window's middle.
    var seconds: Double
    /// By how much the trace is late there, in ms.
    var milliseconds: Double
    /// The standard error of ``milliseconds``.
    var standardError: Double
  }

  /// The lead's stretch, gain and delay.
  let fit: TimeGainFit
  /// The middle of the lead on its own axis, in seconds: where the fit's delay holds.
  let centerSeconds: Double
  /// Windows in which the curve is steep enough to tell its time.
  let windows: [Window]
  /// Page time of the lead's first sample.
  let startSeconds: Double

  static let windowSeconds = 0.5
  /// Signals are compared below this frequency, in Hz.
  static let highestFrequency = 60.0
  /// Windows that know their shift less well than this do not count, in ms.
  static let largestError = 0.8

  /// Measures `lead`, whose signals hold nothing above ``highestFrequency``.
  ///
  /// - Returns: `nil` if the trace does not resemble its truth.
  init?(_ lead: PlacedLead, startSeconds: Double) {
    guard let fit = TimeGainFit(lead) else { return nil }
    (self.fit, self.startSeconds) = (fit, startSeconds)
    let rate = lead.samplingFrequency
    let prediction = lead.returned
    let present = prediction.indices.filter { prediction[$0].isFinite }
    let center = mean(present.map { Double($0) / rate })
    centerSeconds = center
    let filled = lead.truth.map { $0.isFinite ? $0 : 0 }
    let curve = CubicSpline(start: 0, step: 1 / rate, values: filled)
    let length = Int(LeadShifts.windowSeconds * rate)
    windows = stride(from: 0, through: prediction.count - length, by: length).compactMap { start in
      let inside = (start..<(start + length)).filter { prediction[$0].isFinite }
      guard 10 * inside.count >= 8 * length else { return nil }
      var window = Window(
        seconds: startSeconds + (Double(start) + Double(length - 1) / 2) / rate, milliseconds: 0,
        standardError: .infinity)
      var shift = 0.0
      for _ in 0..<3 {
        let samples = inside.compactMap { k -> (value: Double, truth: Double, slope: Double)? in
          let t = Double(k) / rate
          let place =
            center + (t - center) * (1 - fit.timeScalePercent / 100) - fit.delayMilliseconds / 1000
            - shift
          guard place >= 0, place <= Double(filled.count - 1) / rate else { return nil }
          return (prediction[k], curve.value(at: place), curve.slope(at: place))
        }
        guard 10 * samples.count >= 8 * length, let step = LeadShifts.step(samples, rate: rate)
        else { return nil }
        shift += min(max(step.seconds, -0.01), 0.01)
        window.standardError = 1000 * step.error
      }
      let t = window.seconds - startSeconds
      window.milliseconds =
        fit.delayMilliseconds + 10 * fit.timeScalePercent * (t - center) + 1000 * shift
      return window.standardError < LeadShifts.largestError ? window : nil
    }
  }

  /// The delay at `seconds` of page time in ms: between windows by straight lines, without any by
  /// the lead's fit.
  func milliseconds(at seconds: Double) -> Double {
    guard let first = windows.first, let last = windows.last else {
      return fit.delayMilliseconds
        + 10 * fit.timeScalePercent * (seconds - startSeconds - centerSeconds)
    }
    if seconds <= first.seconds { return first.milliseconds }
    if seconds >= last.seconds { return last.milliseconds }
    let next = windows.firstIndex { $0.seconds > seconds } ?? windows.count - 1
    let (a, b) = (windows[next - 1], windows[next])
    let t = (seconds - a.seconds) / (b.seconds - a.seconds)
    return a.milliseconds + t * (b.milliseconds - a.milliseconds)
  }

  /// One Gauss–Newton step of the shift, with level and gain taken out, and its standard error.
  private static func step(
    _ samples: [(value: Double, truth: Double, slope: Double)], rate: Double
  ) -> (seconds: Double, error: Double)? {
    let n = Double(samples.count)
    let meanTruth = samples.reduce(0) { $0 + $1.truth } / n
    let meanValue = samples.reduce(0) { $0 + $1.value } / n
    let meanSlope = samples.reduce(0) { $0 + $1.slope } / n
    var (tt, tv, ts) = (0.0, 0.0, 0.0)
    for sample in samples {
      let truth = sample.truth - meanTruth
      tt += truth * truth
      tv += truth * (sample.value - meanValue)
      ts += truth * (sample.slope - meanSlope)
    }
    guard tt > 0, tv > 0 else { return nil }
    let gain = tv / tt
    var (ss, sv, vv) = (0.0, 0.0, 0.0)
    for sample in samples {
      let truth = sample.truth - meanTruth
      let value = sample.value - meanValue - gain * truth
      let slope = -gain * (sample.slope - meanSlope - ts / tt * truth)
      ss += slope * slope
      sv += slope * value
      vv += value * value
    }
    guard ss > 0 else { return nil }
    // Signals without high frequencies have fewer independent samples than they have samples.
    let independent = n * min(1, 2 * highestFrequency / rate)
    let residual = max(0, vv - sv * sv / ss)
    let variance = residual / n / max(1 - 3 / independent, 0.1)
    return (sv / ss, (variance / (ss * independent / n)).squareRoot())
  }
}
