import ECGSignals

/// How well beats and intervals survive: R peaks lead by lead, intervals on averaged beats.
///
/// A beat of the prediction belongs to a beat of the truth at most 75 ms away.
public struct BeatFigures: Sendable, Hashable {
  /// Beats found in truth and prediction.
  public var matched = 0
  /// Beats of the truth that the prediction lacks.
  public var missed = 0
  /// Beats of the prediction that the truth lacks.
  public var extra = 0
  /// The median of the absolute timing errors of R peaks, in ms.
  public var peakMilliseconds: Double?
  /// The median of the absolute errors of RR intervals, in ms.
  public var rrMilliseconds: Double?
  /// The median of the absolute errors of PR intervals, in ms.
  public var prMilliseconds: Double?
  /// The median of the absolute errors of QRS durations, in ms.
  public var qrsMilliseconds: Double?
  /// The median of the absolute errors of QT intervals, in ms.
  public var qtMilliseconds: Double?

  private static let reachSeconds = 0.075

  /// Compares all leads of a page; `nil` if its truth has no beats or there is no prediction.
  package init?(_ page: PlacedPage) {
    var errors = Errors()
    for lead in page.leads {
      guard lead.printedCount == lead.truth.count else { continue }
      let rate = lead.samplingFrequency
      let truth = RPeakDetector().peaks(in: lead.truth, samplingFrequency: rate)
      guard !truth.isEmpty else { continue }
      guard let prediction = Self.whole(lead) else {
        missed += truth.count
        continue
      }
      let found = RPeakDetector().peaks(in: prediction, samplingFrequency: rate)
      let pairs = Self.pairs(truth, found, reach: Int(Self.reachSeconds * rate))
      matched += pairs.count
      missed += truth.count - pairs.count
      extra += found.count - pairs.count
      let times = pairs.map { a, b in
        (Self.refined(a, in: lead.truth) / rate, Self.refined(b, in: prediction) / rate)
      }
      errors.peak += times.map { 1000 * abs($1 - $0) }
      errors.rr += zip(times, times.dropFirst()).map { a, b in
        1000 * abs((b.1 - a.1) - (b.0 - a.0))
      }
      guard
        let one = BeatDelineation(lead.truth, peaks: pairs.map(\.0), samplingFrequency: rate),
        let other = BeatDelineation(prediction, peaks: pairs.map(\.1), samplingFrequency: rate)
      else { continue }
      errors.qrs.append(abs(one.qrsMilliseconds - other.qrsMilliseconds))
      if let a = one.qtMilliseconds, let b = other.qtMilliseconds { errors.qt.append(abs(a - b)) }
      if let a = one.prMilliseconds, let b = other.prMilliseconds { errors.pr.append(abs(a - b)) }
    }
    guard matched + missed + extra > 0 else { return nil }
    peakMilliseconds = errors.peak.isEmpty ? nil : median(errors.peak)
    rrMilliseconds = errors.rr.isEmpty ? nil : median(errors.rr)
    prMilliseconds = errors.pr.isEmpty ? nil : median(errors.pr)
    qrsMilliseconds = errors.qrs.isEmpty ? nil : median(errors.qrs)
    qtMilliseconds = errors.qt.isEmpty ? nil : median(errors.qt)
  }

  /// Sums beats over pages and takes the median page of each error; `nil` without pages.
  init?(_ pages: [BeatFigures]) {
    guard !pages.isEmpty else { return nil }
    matched = pages.reduce(0) { $0 + $1.matched }
    missed = pages.reduce(0) { $0 + $1.missed }
    extra = pages.reduce(0) { $0 + $1.extra }
    func typical(_ figure: (BeatFigures) -> Double?) -> Double? {
      let known = pages.compactMap(figure)
      return known.isEmpty ? nil : median(known)
    }
    peakMilliseconds = typical(\.peakMilliseconds)
    rrMilliseconds = typical(\.rrMilliseconds)
    prMilliseconds = typical(\.prMilliseconds)
    qrsMilliseconds = typical(\.qrsMilliseconds)
    qtMilliseconds = typical(\.qtMilliseconds)
  }

  private struct Errors {
    var peak: [Double] = []
    var rr: [Double] = []
    var pr: [Double] = []
    var qrs: [Double] = []
    var qt: [Double] = []
  }

  /// The prediction with gaps at its mean; `nil` if less than half was returned.
  private static func whole(_ lead: PlacedLead) -> [Double]? {
    guard 2 * lead.returnedCount >= lead.printedCount else { return nil }
    let bridged = lead.bridged
    let center = mean(bridged.filter(\.isFinite))
    return bridged.map { $0.isFinite ? $0 : center }
  }

  /// Each beat of `truth` with the nearest free one of `found` within `reach` samples.
  package static func pairs(_ truth: [Int], _ found: [Int], reach: Int) -> [(Int, Int)] {
    var free = Set(found)
    return truth.compactMap { beat in
      let near = free.filter { abs($0 - beat) <= reach }
      guard let match = near.min(by: { (abs($0 - beat), $0) < (abs($1 - beat), $1) }) else {
        return nil
      }
      free.remove(match)
      return (beat, match)
    }
  }

  /// A peak to a fraction of a sample, by a parabola.
  private static func refined(_ peak: Int, in signal: [Double]) -> Double {
    guard peak > 0, peak + 1 < signal.count else { return Double(peak) }
    let (a, b, c) = (signal[peak - 1], signal[peak], signal[peak + 1])
    let bend = a - 2 * b + c
    guard bend != 0 else { return Double(peak) }
    return Double(peak) + min(max(0.5 * (a - c) / bend, -0.5), 0.5)
  }
}
