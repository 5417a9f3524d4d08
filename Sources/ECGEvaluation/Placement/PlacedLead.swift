package import ECGCore

/// Truth and prediction of one lead over its printed window, sample by sample.
package struct PlacedLead: Sendable {
  package let lead: Lead
  /// Samples per second.
  package let samplingFrequency: Double
  /// Millivolts; NaN where the window has a hole.
  package let truth: [Double]
  /// Millivolts; NaN where nothing was returned.
  package let prediction: [Double]

  package init(lead: Lead, samplingFrequency: Double, truth: [Double], prediction: [Double]) {
    precondition(truth.count == prediction.count)
    (self.lead, self.samplingFrequency, self.truth) = (lead, samplingFrequency, truth)
    self.prediction = prediction
  }

  /// Whether a sample is printed.
  package var isPrinted: [Bool] { truth.map(\.isFinite) }

  /// The number of samples printed.
  package var printedCount: Int { truth.count(where: \.isFinite) }

  /// The prediction without what was returned where nothing is printed.
  package var returned: [Double] {
    truth.indices.map { truth[$0].isFinite ? prediction[$0] : .nan }
  }

  /// The number of printed samples that were returned.
  package var returnedCount: Int {
    truth.indices.count { truth[$0].isFinite && prediction[$0].isFinite }
  }

  /// The sum of squares of the truth: its label energy.
  package var energy: Double { truth.reduce(0) { $1.isFinite ? $0 + $1 * $1 : $0 } }

  /// The prediction with gaps of at most 10 ms filled: straight inside, held at the ends. Any
  /// submission would fill them.
  package var bridged: [Double] {
    let present = prediction.indices.filter { prediction[$0].isFinite }
    guard let first = present.first, let last = present.last, present.count < prediction.count
    else { return prediction }
    var out = prediction
    let limit = 0.010 * samplingFrequency + 1e-9
    for gap in runs(prediction.count, where: { !prediction[$0].isFinite })
    where Double(gap.count) <= limit {
      for k in gap {
        if k < first {
          out[k] = prediction[first]
        } else if k > last {
          out[k] = prediction[last]
        } else {
          let (a, b) = (gap.lowerBound - 1, gap.upperBound)
          let t = Double(k - a) / Double(b - a)
          out[k] = prediction[a] + t * (prediction[b] - prediction[a])
        }
      }
    }
    return out
  }
}
