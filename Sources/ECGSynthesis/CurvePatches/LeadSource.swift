/// Simultaneous leads to draw rows from.
package struct LeadSource: Sendable {
  /// One lead after another, in millivolts; leads of one source have equal lengths.
  package var millivolts: [[Float]]
  /// Samples a second.
  package var samplingFrequency: Double

  package init(millivolts: [[Float]], samplingFrequency: Double) {
    (self.millivolts, self.samplingFrequency) = (millivolts, samplingFrequency)
  }

  /// A lead at a time in seconds, linear between samples; the ends are held.
  func value(of lead: Int, at seconds: Double) -> Double {
    let samples = millivolts[lead]
    let t = min(max(seconds * samplingFrequency, 0), Double(samples.count - 1))
    let k = min(Int(t), samples.count - 2)
    return Double(samples[k]) + (t - Double(k)) * Double(samples[k + 1] - samples[k])
  }

  /// When a lead changes fastest within 0.6 s of a time.
  func steepestTime(of lead: Int, near seconds: Double) -> Double {
    let samples = millivolts[lead]
    let first = min(max(Int((seconds - 0.6) * samplingFrequency), 1), samples.count - 2)
    let last = min(max(Int((seconds + 0.6) * samplingFrequency), first), samples.count - 2)
    var (at, most): (Int, Float) = (first, 0)
    for k in first...last {
      let change = abs(samples[k + 1] - samples[k - 1])
      if change > most { (at, most) = (k, change) }
    }
    return Double(at) / samplingFrequency
  }

  /// How long the source is.
  var seconds: Double { Double((millivolts.first?.count ?? 1) - 1) / samplingFrequency }
}
