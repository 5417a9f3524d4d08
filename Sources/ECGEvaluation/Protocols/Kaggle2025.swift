import ECGSignals

/// The metric of "PhysioNet – Digitization of ECG Images" (Kaggle, October 2025 – January 2026).
///
/// Per lead the prediction is moved by whole samples (at most 0.2 s) to where it correlates best
/// and by a constant to where its error is least; label energy and error energy of all leads are
/// added before they are divided. Its traps: the label's mean counts as signal, vacated samples
/// cost their label energy, and the pool is the mean of *linear* ratios.
///
/// A submission may hold no gaps: those up to 10 ms are bridged, longer ones take the mean of what
/// was returned, and a missing lead is 0 mV.
public struct Kaggle2025: ScoringProtocol {
  /// The largest ratio a page can have: 60 dB. Copies of November 2025 had 384 (25.84 dB).
  public enum PerfectRatio: Double, Sendable, CaseIterable {
    case final = 1e6
    case november2025 = 384
  }

  /// The largest ratio a page can have.
  public var perfectRatio: PerfectRatio
  /// The largest shift in seconds.
  public static let maximumShiftSeconds = 0.2

  /// Creates the protocol in one of its two versions.
  public init(perfectRatio: PerfectRatio = .final) { self.perfectRatio = perfectRatio }

  /// What it is called in reports and on the command line.
  public var name: String { perfectRatio == .final ? "kaggle2025" : "kaggle2025-cap384" }

  /// One sentence: what it forgives and what it does not.
  public var summary: String {
    "Per lead a whole-sample shift of at most 0.2 s and a constant are forgiven; energies of all "
      + "leads are added; at most \(perfectRatio == .final ? "60" : "25.84") dB a page."
  }

  /// Scores a page.
  public func score(_ page: ScoredPage) -> ProtocolScore {
    var tally = EnergyTally(limit: perfectRatio.rawValue)
    for lead in page.placed.leads {
      let aligned = Kaggle2025.align(lead, prediction: lead.bridged)
      var noise = 0.0
      for (y, p) in zip(lead.truth, aligned.samples) where y.isFinite { noise += (y - p) * (y - p) }
      tally.add(signal: lead.energy, noise: noise)
    }
    return tally.score
  }

  /// The competition's alignment; `shift` > 0 moved the prediction right.
  package static func align(
    _ lead: PlacedLead, prediction: [Double]
  ) -> (samples: [Double], shift: Int) {
    let n = lead.truth.count
    let limit = min(Int(maximumShiftSeconds * lead.samplingFrequency), n - 1)
    let labelMean = mean(lead.truth.filter(\.isFinite))
    let label = lead.truth.map { $0.isFinite ? $0 : labelMean }
    let finite = prediction.filter(\.isFinite)
    let fill = finite.isEmpty ? 0 : mean(finite)
    let filled = prediction.map { $0.isFinite ? $0 : fill }
    let (centerLabel, centerPrediction) = (mean(label), mean(filled))
    let sums = CrossCorrelation.atShifts(
      upTo: limit, of: label.map { $0 - centerLabel }, and: filled.map { $0 - centerPrediction })
    let shift = bestShift(sums, limit: limit)
    var moved = shifted(filled, by: shift)
    var (offset, count) = (0.0, 0)
    for k in 0..<n where moved[k].isFinite && lead.truth[k].isFinite {
      offset += moved[k] - label[k]
      count += 1
    }
    if count > 0 { offset /= Double(count) }
    for k in 0..<n { moved[k] = moved[k].isFinite ? moved[k] - offset : 0 }
    return (moved, shift)
  }

  /// The shift with the largest sum; of equal ones the smallest.
  private static func bestShift(_ sums: [Double], limit: Int) -> Int {
    let top = sums.max() ?? 0
    let threshold = top - 1e-12 * max(1, abs(top))
    var best = Int.max
    for (k, sum) in sums.enumerated() where sum >= threshold && abs(k - limit) < abs(best) {
      best = k - limit
    }
    return best == Int.max ? 0 : best
  }
}
