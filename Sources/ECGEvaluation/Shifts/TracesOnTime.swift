import ECGCore
import ECGSignals

/// The traces of a page on page time by their place on the flat paper alone, beside the truth.
///
/// Time runs evenly along the whole page from where the first column starts: borders between
/// columns that were found wrong, and everything that Assemble does, play no part.
struct TracesOnTime {
  /// One trace and its truth, without what is above `LeadShifts.highestFrequency`.
  struct Pair {
    var lead: Lead
    var isRhythm: Bool
    var startSeconds: Double
    var placed: PlacedLead
  }

  /// One pair per trace whose lead is part of the truth.
  let pairs: [Pair]

  /// The rate at which pairs are sampled, in Hz.
  static let rate = 500.0

  init(_ page: Digitization, truth: TruthSignals) {
    let speed = page.calibration?.paperSpeed.millimetersPerSecond ?? 25
    let gain = page.calibration?.limbGain.millimetersPerMillivolt ?? 10
    let columns = speed * page.geometry.pixelsPerMillimeterX
    let starts = page.traces.map(\.placement).filter { $0.column == 0 }.map(\.startX)
    let origin = median(starts)
    let highest = min(LeadShifts.highestFrequency, 0.45 * truth.samplingFrequency)
    let perMillivolt = gain * page.geometry.pixelsPerMillimeterY
    pairs = page.traces.compactMap { trace in
      let placement = trace.placement
      guard let lead = placement.lead, var window = truth.windows[lead],
        let values = truth.leads[lead], !trace.points.isEmpty
      else { return nil }
      if !placement.isRhythm {
        // A lead printed twice: its body piece covers only its own column.
        let ends = [trace.firstX, trace.firstX + Double(trace.points.count - 1) * trace.stepX]
          .map { ($0 - origin) / columns * truth.samplingFrequency }
        let first = max(window.lowerBound, Int(ends[0].rounded(.up)))
        window = first..<max(first, min(window.upperBound, Int(ends[1].rounded(.down)) + 1))
      }
      let start = truth.seconds(window.lowerBound)
      let known = TracesOnTime.limited(
        Array(values[window]), rate: truth.samplingFrequency, below: highest, first: start,
        from: start, count: Int(Double(window.count) * TracesOnTime.rate / truth.samplingFrequency))
      let sign = placement.isInverted ? 1.0 : -1.0
      let read = TracesOnTime.limited(
        trace.points.map { $0.map { sign * Double($0.y) / perMillivolt } ?? .nan },
        rate: columns / trace.stepX, below: highest, first: (trace.firstX - origin) / columns,
        from: start, count: known.count)
      return Pair(
        lead: lead, isRhythm: placement.isRhythm, startSeconds: start,
        placed: PlacedLead(
          lead: lead, samplingFrequency: TracesOnTime.rate, truth: known, prediction: read))
    }
  }

  /// `values`, the first at time `first`, without frequencies above `highest`, at `count` times from
  /// `from` on.
  private static func limited(
    _ values: [Double], rate: Double, below highest: Double, first: Double, from: Double, count: Int
  ) -> [Double] {
    var out = [Double](repeating: .nan, count: max(0, count))
    let passBand = min(1, 2 * highest / rate)
    for run in runs(values.count, where: { values[$0].isFinite }) {
      guard run.count >= 16 else { continue }
      let curve = BandLimitedCurve(Array(values[run]), passBand: passBand)
      for k in out.indices {
        let place =
          (from + Double(k) / TracesOnTime.rate - first) * rate - Double(run.lowerBound)
        if place > -0.01, place < Double(run.count) - 0.99 { out[k] = curve.value(at: place) }
      }
    }
    return out
  }
}
