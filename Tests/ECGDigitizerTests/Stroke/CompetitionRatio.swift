import Foundation

/// The competition's signal-to-noise ratio of one page: energies summed over leads, each lead
/// shifted by whole samples (up to 0.2 s at 500 Hz) and by its best offset.
struct CompetitionRatio {
  private var signal = 0.0
  private var noise = 0.0

  var ratio: Double { noise > 0 ? min(signal / noise, 1e6) : 1e6 }
  var decibels: Double { 10 * log10(ratio) }

  mutating func add(truth: [Double], estimate: [Double]) {
    let n = truth.count
    let (tm, em) = (
      truth.reduce(0, +) / Double(n), estimate.reduce(0, +) / Double(n)
    )
    let (t, e) = (truth.map { $0 - tm }, estimate.map { $0 - em })
    var best = (correlation: -Double.infinity, lag: 0)
    for lag in -100...100 {
      var sum = 0.0
      for i in max(0, lag)..<min(n, n + lag) { sum += t[i] * e[i - lag] }
      if sum > best.correlation { best = (sum, lag) }
    }
    let lag = best.lag
    var (offset, count) = (0.0, 0.0)
    for i in max(0, lag)..<min(n, n + lag) {
      offset += truth[i] - estimate[i - lag]
      count += 1
    }
    offset /= max(count, 1)
    for i in 0..<n {
      let value = (0..<n).contains(i - lag) ? estimate[i - lag] + offset : 0
      signal += truth[i] * truth[i]
      noise += (truth[i] - value) * (truth[i] - value)
    }
  }

  /// 10 log₁₀ of the mean ratio, and the median, in dB.
  static func summary(_ ratios: [Double]) -> (pooled: Double, median: Double) {
    let sorted = ratios.sorted()
    let middle = sorted.isEmpty ? 1 : sorted[sorted.count / 2]
    return (10 * log10(ratios.reduce(0, +) / Double(max(ratios.count, 1))), 10 * log10(middle))
  }
}
