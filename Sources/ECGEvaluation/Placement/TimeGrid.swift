/// The times of a table: even (and then rebuilt exactly from rounded stamps) or not.
struct TimeGrid {
  let times: [Double]
  /// The distance between samples in seconds; the median one if they are not even.
  let step: Double
  let isEven: Bool

  init(_ table: SignalTable, samplingFrequency wanted: Double) {
    let times = table.times
    let median = 1 / table.samplingFrequency
    let tolerance = 0.02 * median + 2e-6
    let n = times.count
    isEven = n < 3 || zip(times, times.dropFirst()).allSatisfy { abs($1 - $0 - median) < tolerance }
    guard isEven else {
      self.times = times
      step = median
      return
    }
    var step = (times[n - 1] - times[0]) / Double(n - 1)
    if abs(step * wanted - 1) < 1e-4 { step = 1 / wanted }
    var offset = 0.0
    for (k, time) in times.enumerated() { offset += time - Double(k) * step }
    offset /= Double(n)
    self.step = step
    self.times = times.indices.map { offset + Double($0) * step }
  }

  /// How many samples of this grid come before `seconds`, if a grid of `samplingFrequency` that
  /// begins there has the same places; `nil` if it has others.
  func wholeSteps(to seconds: Double, samplingFrequency: Double) -> Int? {
    guard isEven, abs(step - 1 / samplingFrequency) < 1e-9 else { return nil }
    let steps = (seconds - times[0]) / step
    let whole = steps.rounded(.toNearestOrEven)
    return abs(steps - whole) < 2e-3 * max(1, samplingFrequency / 500) ? Int(whole) : nil
  }
}
