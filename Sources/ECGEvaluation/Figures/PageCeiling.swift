import ECGCore
import ECGSignals

/// The best a perfect reading of a page could score: what was drawn says nothing above half the
/// rate of its pixel columns.
package enum PageCeiling {
  /// The score of the truth itself, kept below half of `columnsPerSecond` and returned at the truth's rate.
  package static func decibels(
    of truth: TruthSignals, columnsPerSecond: Double, by scoring: any ScoringProtocol
  ) -> Double? {
    let passBand = columnsPerSecond / truth.samplingFrequency
    guard passBand < 1, passBand > 0 else { return nil }
    var leads: [Lead: [Double]] = [:]
    for (lead, values) in truth.leads {
      var limited = [Double](repeating: .nan, count: values.count)
      for run in runs(values.count, where: { values[$0].isFinite }) {
        guard run.count >= 8 else { continue }
        let curve = BandLimitedCurve(Array(values[run]), passBand: passBand)
        for k in run { limited[k] = curve.value(at: Double(k - run.lowerBound)) }
      }
      leads[lead] = limited
    }
    let count = leads.values.first?.count ?? 0
    guard let table = try? SignalTable(times: (0..<count).map(truth.seconds), leads: leads) else {
      return nil
    }
    let decibels = scoring.score(ScoredPage(PlacedPage(table, on: truth))).decibels
    return decibels.isNaN ? nil : decibels
  }
}
