public import ECGCore
import ECGSignals

/// A lead that fits another lead's truth clearly better than its own: a wrong name.
public struct WrongName: Hashable, Sendable {
  /// The name it was returned under.
  public var lead: Lead
  /// The lead it looks like.
  public var looksLike: Lead
  /// Its correlation with that lead.
  public var otherCorrelation: Double
  /// Its correlation with the lead of its name; `nil` where there is none.
  public var ownCorrelation: Double?
}

/// Compares every returned lead with every truth on the page.
package enum SwapTest {
  /// The leads of `page` whose best match is clearly another lead (r > 0.7, and 0.05 above its own).
  package static func wrongNames(_ page: PlacedPage) -> [WrongName] {
    let truth = page.truth
    let reach = Int(Kaggle2025.maximumShiftSeconds * truth.samplingFrequency)
    var found: [WrongName] = []
    for lead in page.leads {
      guard Double(lead.returnedCount) >= 0.5 * Double(lead.printedCount),
        let window = truth.windows[lead.lead]
      else { continue }
      let own = likeness(lead.truth[...], lead.prediction[...], reach)
      // Nothing can be 0.05 better.
      if own >= 0.95 { continue }
      var best: (lead: Lead, value: Double)?
      for other in page.leads where other.lead != lead.lead {
        guard let place = truth.windows[other.lead], let values = truth.leads[other.lead]
        else { continue }
        var likenesses: [Double] = []
        let (from, to) = (
          max(window.lowerBound, place.lowerBound), min(window.upperBound, place.upperBound)
        )
        if Double(to - from) > 0.5 * Double(min(window.count, place.count)) {
          let part = lead.prediction[(from - window.lowerBound)..<(to - window.lowerBound)]
          likenesses.append(likeness(values[from..<to], part, reach))
        }
        if place != window {
          let count = min(window.count, place.count)
          let start = place.lowerBound
          likenesses.append(
            likeness(values[start..<(start + count)], lead.prediction[..<count], reach))
        }
        for value in likenesses where value.isFinite && value > best?.value ?? -2 {
          best = (other.lead, value)
        }
      }
      if let best, best.value > 0.7, best.value > (own.isFinite ? own : -1) + 0.05 {
        found.append(
          WrongName(
            lead: lead.lead, looksLike: best.lead, otherCorrelation: best.value,
            ownCorrelation: own.isFinite ? own : nil))
      }
    }
    return found
  }

  /// The correlation of two signals at the shift where they agree most.
  private static func likeness(
    _ truth: ArraySlice<Double>, _ prediction: ArraySlice<Double>, _ reach: Int
  ) -> Double {
    let count = min(truth.count, prediction.count)
    let (y, p) = (Array(truth.prefix(count)), Array(prediction.prefix(count)))
    guard zip(y, p).count(where: { $0.isFinite && $1.isFinite }) >= 40 else { return .nan }
    let limit = min(reach, count - 1)
    let sums = CrossCorrelation.atShifts(upTo: limit, of: centered(y), and: centered(p))
    let top = sums.indices.max { sums[$0] < sums[$1] } ?? limit
    return correlation(y, shifted(p, by: top - limit))
  }

  private static func centered(_ signal: [Double]) -> [Double] {
    let center = mean(signal.filter(\.isFinite))
    return signal.map { $0.isFinite ? $0 - center : 0 }
  }
}
