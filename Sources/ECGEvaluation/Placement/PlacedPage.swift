package import ECGCore

/// How a prediction's time is understood, one choice for the whole page.
public enum TimeOrigin: String, Hashable, Sendable, Codable {
  /// As page time.
  case page
  /// Every lead begins at 0.
  case zero
}

/// A prediction laid on its truth: what every protocol scores.
package struct PlacedPage: Sendable {
  /// Printed leads in the usual order.
  package let leads: [PlacedLead]
  /// How its time was understood; `nil` without a prediction.
  package let origin: TimeOrigin?
  package let truth: TruthSignals
  /// Leads returned that are not printed.
  package let extraLeads: [Lead]

  /// A page without readable output: nothing was returned.
  package init(withoutPrediction truth: TruthSignals) {
    self.truth = truth
    origin = nil
    extraLeads = []
    leads = truth.printedLeads.map { lead in
      let y = PlacedPage.truth(of: lead, in: truth)
      return PlacedLead(
        lead: lead, samplingFrequency: truth.samplingFrequency, truth: y,
        prediction: .init(repeating: .nan, count: y.count))
    }
  }

  /// Lays `prediction` on `truth` with the origin that covers and correlates more.
  package init(_ prediction: SignalTable, on truth: TruthSignals) {
    self.truth = truth
    let resampler = LeadResampler(
      grid: TimeGrid(prediction, samplingFrequency: truth.samplingFrequency),
      samplingFrequency: truth.samplingFrequency)
    let byPage = PlacedPage.lay(prediction, on: truth, .page, resampler)
    let isOnlyOne = truth.windows.values.allSatisfy { truth.seconds($0.lowerBound) == 0 }
    var chosen = (leads: byPage, origin: TimeOrigin.page)
    if !isOnlyOne {
      let byZero = PlacedPage.lay(prediction, on: truth, .zero, resampler)
      if PlacedPage.fit(byZero) > PlacedPage.fit(byPage) * (1 + 1e-9) {
        chosen = (byZero, .zero)
      }
    }
    leads = chosen.leads
    origin = chosen.origin
    extraLeads = Lead.standard12.filter { lead in
      truth.windows[lead] == nil
        && prediction.leads[lead, default: []].contains(where: \.isFinite)
    }
  }

  private static func truth(of lead: Lead, in truth: TruthSignals) -> [Double] {
    guard let window = truth.windows[lead], let values = truth.leads[lead] else { return [] }
    return Array(values[window])
  }

  private static func lay(
    _ prediction: SignalTable, on truth: TruthSignals, _ origin: TimeOrigin,
    _ resampler: LeadResampler
  ) -> [PlacedLead] {
    truth.printedLeads.map { lead in
      let y = self.truth(of: lead, in: truth)
      let start = truth.seconds(truth.windows[lead]?.lowerBound ?? 0)
      let values = prediction.leads[lead].map {
        resampler.samples(
          of: $0, from: start, count: y.count, delay: origin == .zero ? start : 0)
      }
      return PlacedLead(
        lead: lead, samplingFrequency: truth.samplingFrequency, truth: y,
        prediction: values ?? .init(repeating: .nan, count: y.count))
    }
  }

  /// Samples covered, each counted up to three times if the lead resembles its truth.
  private static func fit(_ leads: [PlacedLead]) -> Double {
    leads.reduce(0) { sum, lead in
      let covered = Double(lead.returnedCount)
      let r = covered > 20 ? correlation(lead.truth, lead.prediction) : .nan
      return sum + covered + (r.isFinite ? 2 * abs(r) * covered : 0)
    }
  }
}
