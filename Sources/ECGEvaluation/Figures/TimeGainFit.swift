import ECGNumerics
import ECGSignals

/// How a lead's time and amplitude are off, by least squares:
/// p(t) = gain · y(c + (t − c)(1 − scale) − delay) + constant.
///
/// Positive scale: the prediction is stretched. Positive delay: it is late.
package struct TimeGainFit: Sendable, Hashable {
  /// Percent by which time is stretched.
  package var timeScalePercent: Double
  /// Percent by which amplitudes are too large.
  package var gainPercent: Double
  /// Milliseconds by which the prediction is late.
  package var delayMilliseconds: Double

  /// Fits `lead`; `nil` where that explains less than half the variance, or there is too little.
  ///
  /// > Source: Gauss–Newton with limited steps, from the best whole-sample shift.
  package init?(_ lead: PlacedLead) {
    let rate = lead.samplingFrequency
    let prediction = lead.returned
    let present = prediction.indices.filter { prediction[$0].isFinite }
    guard Double(present.count) >= 0.3 * rate, present.count >= 40,
      let truth = TimeGainFit.filled(lead.truth)
    else { return nil }
    let center = mean(truth)
    let label = truth.map { $0 - center }
    guard mean(label.map { $0 * $0 }) >= 0.0001 else { return nil }
    let curve = CubicSpline(start: 0, step: 1 / rate, values: label)
    let middle = mean(prediction.filter(\.isFinite))
    let filled = prediction.map { $0.isFinite ? $0 - middle : 0 }
    let reach = Int(0.6 * rate)
    let sums = CrossCorrelation.atShifts(upTo: reach, of: label, and: filled)
    let top = sums.indices.max { sums[$0] < sums[$1] } ?? reach
    var model = Model(
      times: present.map { Double($0) / rate }, values: present.map { prediction[$0] },
      last: Double(truth.count - 1) / rate, curve: curve)
    model.delay = -Double(top - reach) / rate
    for _ in 0..<40 where model.improve() {}
    guard abs(model.delay) <= 0.5, let result = model.result else { return nil }
    timeScalePercent = 100 * model.scale
    gainPercent = 100 * (result.gain - 1)
    delayMilliseconds = 1000 * model.delay
  }

  /// Holes of the window filled by straight lines; `nil` if there is nothing.
  private static func filled(_ truth: [Double]) -> [Double]? {
    let present = truth.indices.filter { truth[$0].isFinite }
    guard present.count >= 2 else { return nil }
    var out = truth
    for (a, b) in zip(present, present.dropFirst()) where b - a > 1 {
      for k in (a + 1)..<b {
        out[k] = truth[a] + (truth[b] - truth[a]) * Double(k - a) / Double(b - a)
      }
    }
    return out
  }
}

/// The state of the fit.
private struct Model {
  let times: [Double]
  let values: [Double]
  let last: Double
  let curve: CubicSpline
  let center: Double
  var scale = 0.0
  var delay = 0.0
  private var isDone = false

  init(times: [Double], values: [Double], last: Double, curve: CubicSpline) {
    (self.times, self.values, self.last, self.curve) = (times, values, last, curve)
    center = mean(times)
  }

  /// Pairs of place on the truth's axis and index.
  private var inside: [(place: Double, index: Int)] {
    times.indices.compactMap { k in
      let place = center + (times[k] - center) * (1 - scale) - delay
      return place >= 0 && place <= last ? (place, k) : nil
    }
  }

  /// Takes one step; `false` when there is no more to gain.
  mutating func improve() -> Bool {
    guard !isDone else { return false }
    let pairs = inside
    guard pairs.count >= 40 else {
      isDone = true
      return false
    }
    let heights = pairs.map { curve.value(at: $0.place) }
    let (gain, constant) = line(heights, pairs.map { values[$0.index] })
    var system = NormalEquations(count: 4)
    for (pair, height) in zip(pairs, heights) {
      let slope = -gain * curve.slope(at: pair.place)
      let row = [height, 1, slope * (times[pair.index] - center), slope]
      system.add(row, values[pair.index] - gain * height - constant)
    }
    guard let step = system.solution else {
      isDone = true
      return false
    }
    let (scaleStep, delayStep) = (min(max(step[2], -0.02), 0.02), min(max(step[3], -0.02), 0.02))
    scale = min(max(scale + scaleStep, -0.3), 0.3)
    delay += delayStep
    isDone = abs(scaleStep) < 1e-7 && abs(delayStep) < 1e-8
    return !isDone
  }

  /// The gain, if enough samples remain inside and half the variance is explained.
  var result: (gain: Double, explained: Double)? {
    let pairs = inside
    guard pairs.count >= 40, Double(pairs.count) >= 0.6 * Double(times.count) else { return nil }
    let heights = pairs.map { curve.value(at: $0.place) }
    let found = pairs.map { values[$0.index] }
    let (gain, constant) = line(heights, found)
    let errors = zip(heights, found).map { $1 - gain * $0 - constant }
    let variance = spread(found)
    let explained = variance > 0 ? 1 - spread(errors) / variance : 0
    return explained >= 0.5 ? (gain, explained) : nil
  }

  private func spread(_ values: [Double]) -> Double {
    let center = mean(values)
    return mean(values.map { ($0 - center) * ($0 - center) })
  }

  private func line(_ x: [Double], _ y: [Double]) -> (gain: Double, constant: Double) {
    let (meanX, meanY) = (mean(x), mean(y))
    var (xy, xx) = (0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - meanX) * (b - meanY)
      xx += (a - meanX) * (a - meanX)
    }
    let gain = xx > 0 ? xy / xx : 0
    return (gain, meanY - gain * meanX)
  }
}
