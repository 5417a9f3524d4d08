package import ECGCore
import ECGSignals

/// How well a page's geometry keeps time: what is wrong with it whatever the tracer does.
package struct PageShift: Sendable {
  package var id: String
  package var set: String
  /// The root mean square of local time shifts, the page's median taken out, in ms; `nil` where no
  /// window could be measured.
  package var milliseconds: Double?
  /// Windows measured.
  package var windows: Int
  /// Percent by which time is stretched, lead by lead, without sign.
  package var scalePercents: [Double]
  /// Traces more than 20 ms beside the page's median, or that do not resemble their lead at all.
  package var leadsOff: Int
  /// Traces compared.
  package var leads: Int
  /// What a perfect tracer could score on this geometry: the truth itself, moved as measured.
  package var cap: ProtocolScore?

  /// Measures the traces of `page` against `truth`.
  ///
  /// - Parameter page: with its traces point by point.
  package init(
    _ page: Digitization, id: String, set: String, truth: TruthSignals,
    by scoring: any ScoringProtocol = Kaggle2025()
  ) {
    (self.id, self.set) = (id, set)
    let pairs = TracesOnTime(page, truth: truth).pairs
    let measured = pairs.map { ($0, LeadShifts($0.placed, startSeconds: $0.startSeconds)) }
    let known = measured.compactMap(\.1)
    leads = measured.count
    scalePercents = known.map { abs($0.fit.timeScalePercent) }
    let delays = known.map(\.fit.delayMilliseconds)
    let middle = median(delays)
    leadsOff = measured.count - known.count + delays.count { abs($0 - middle) > 20 }
    let shifts = known.flatMap(\.windows).map(\.milliseconds)
    windows = shifts.count
    let center = median(shifts)
    if !shifts.isEmpty {
      milliseconds = mean(shifts.map { ($0 - center) * ($0 - center) }).squareRoot()
    }
    cap = PageShift.cap(measured, center: shifts.isEmpty ? middle : center, truth, scoring)
  }

  /// The score of the truth moved by the measured shifts, less the page's median.
  private static func cap(
    _ measured: [(TracesOnTime.Pair, LeadShifts?)], center: Double, _ truth: TruthSignals,
    _ scoring: any ScoringProtocol
  ) -> ProtocolScore? {
    var moved: [Lead: [Double]] = [:]
    // A rhythm strip covers more of its lead than the body does.
    let inOrder = measured.filter { !$0.0.isRhythm } + measured.filter { $0.0.isRhythm }
    for (pair, shifts) in inOrder {
      guard let shifts, let values = truth.leads[pair.lead], let window = truth.windows[pair.lead],
        window.count >= 16
      else { continue }
      let rate = truth.samplingFrequency
      let curve = BandLimitedCurve(values[window].map { $0.isFinite ? $0 : 0 })
      var out = [Double](repeating: .nan, count: values.count)
      for k in window where values[k].isFinite {
        let late = (shifts.milliseconds(at: truth.seconds(k)) - center) / 1000
        out[k] = curve.value(at: Double(k - window.lowerBound) - late * rate)
      }
      moved[pair.lead] = out
    }
    guard let count = moved.values.first?.count,
      let table = try? SignalTable(times: (0..<count).map(truth.seconds), leads: moved)
    else { return nil }
    let score = scoring.score(ScoredPage(PlacedPage(table, on: truth)))
    return score.decibels.isNaN ? nil : score
  }
}
