import ECGCore
import Foundation

/// What the assembled leads say about each other and about themselves.
struct LeadChecks {
  let parameters: AssembleParameters.Checks

  /// Findings where simultaneous limb leads, or a lead and its rhythm strip, contradict.
  func findings(_ leads: [SampledLead]) -> [Finding] {
    var out: [Finding] = []
    let body = leads.filter { !$0.placement.isRhythm }
    let columns = Dictionary(grouping: body, by: \.firstSample).sorted { $0.key < $1.key }
    for (start, column) in columns {
      let count = column.map(\.millivolts.count).min() ?? 0
      var pieces: [Lead: [Float?]] = [:]
      for lead in column {
        if let name = lead.placement.lead { pieces[name] = Array(lead.millivolts.prefix(count)) }
      }
      for check in LeadAgreement.checks(pieces) where check.agreement < parameters.leastAgreement {
        let percent = Int((100 * max(check.agreement, 0)).rounded())
        out.append(
          Finding(
            .inconsistentLeads,
            "\(check.name) holds to \(percent) % only, in the column that starts at sample "
              + "\(start): a trace, a name or a gain is wrong there."))
      }
    }
    for strip in leads where strip.placement.isRhythm {
      guard let name = strip.placement.lead,
        let twin = body.first(where: { $0.placement.lead == name })
      else { continue }
      let there = twin.millivolts.indices.map { strip.value(twin.firstSample + $0) }
      guard let likeness = LeadAgreement.likeness(twin.millivolts, there),
        likeness < parameters.leastAgreement
      else { continue }
      out.append(
        Finding(
          .rhythmStripDisagrees,
          "The rhythm strip resembles \(name) to \(Int((100 * likeness).rounded())) % only.",
          lead: name))
    }
    return out
  }

  /// The probability that a lead's curve lies within the tolerance of the ink's, over its whole
  /// length.
  ///
  /// - Parameter millimetersPerMillivolt: the lead's gain.
  func confidence(_ lead: SampledLead, millimetersPerMillivolt: Double) -> Double {
    guard !lead.millivolts.isEmpty else { return 0 }
    var sum = 0.0
    for (value, deviation) in zip(lead.millivolts, lead.deviations) where value != nil {
      let millimeters = max(Double(deviation) * millimetersPerMillivolt, 1e-3)
      sum += erf(parameters.tolerance / (millimeters * 2.0.squareRoot()))
    }
    return sum / Double(lead.millivolts.count)
  }
}
