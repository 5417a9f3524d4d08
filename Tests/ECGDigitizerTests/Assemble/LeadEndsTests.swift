import ECGCore
import ECGDigitizer
import Foundation
import Testing

/// Ends of leads over which something else is printed.
@Suite struct LeadEndsTests {
  private let rate = 500.0

  /// Beats 0.8 s apart, the first at `first`; upright in the strip, deep in the lead.
  private func beat(_ seconds: Double, first: Double, depth: Double) -> Float {
    let phase = (seconds - first).remainder(dividingBy: 0.8)
    let qrs = depth * exp(-phase * phase / (2 * 0.012 * 0.012))
    let t = 0.3 * exp(-(phase - 0.25) * (phase - 0.25) / (2 * 0.04 * 0.04))
    return Float(qrs + t)
  }

  private func sampled(
    _ name: Lead, column: Int, from start: Int, count: Int, isRhythm: Bool = false, first: Double,
    depth: Double
  ) -> SampledLead {
    SampledLead(
      channel: .lead(name),
      placement: LeadPlacement(
        lead: name, row: isRhythm ? 3 : 0, column: column, isRhythm: isRhythm, startX: 0,
        endX: 100, baselineY: 0, startSeconds: Double(start) / rate),
      firstSample: start,
      millivolts: (0..<count).map {
        beat(Double(start + $0) / rate, first: first, depth: depth)
      }, deviations: [Float](repeating: 0.01, count: count))
  }

  /// A lead from 2.5 to 5 s, with a beat just before its end, and its strip.
  private func page() -> (lead: SampledLead, strip: SampledLead) {
    (
      sampled(.V1, column: 1, from: 1250, count: 1250, first: 0.98, depth: -1.2),
      sampled(.II, column: 0, from: 0, count: 5000, isRhythm: true, first: 0.98, depth: 1)
    )
  }

  @Test func putsBackWhatTheNextLeadWasPrintedOver() {
    var (lead, strip) = page()
    let truth = lead.millivolts
    for i in 1238..<1250 { lead.millivolts[i] = 1.1 }
    LeadEnds(samplingFrequency: rate).mend(&lead, rhythm: strip)
    for i in 1235..<1250 {
      #expect(abs((lead.millivolts[i] ?? 9) - (truth[i] ?? 0)) < 0.05, "\(i)")
    }
    // What was inferred against what was seen is not sure.
    #expect(lead.deviations[1245] > 0.1)
    #expect(lead.millivolts[..<1230] == truth[..<1230])
  }

  @Test func leavesEndsAsTracedThatAreLikeThemselves() {
    var (lead, strip) = page()
    let truth = lead.millivolts
    LeadEnds(samplingFrequency: rate).mend(&lead, rhythm: strip)
    #expect(lead.millivolts == truth)
  }

  @Test func leavesABeatThatTheStripShowsAsAnother() {
    var (lead, strip) = page()
    // An extra beat: the strip has never shown its like.
    for i in 1225..<1250 { lead.millivolts[i] = 1.5 }
    for i in 2460..<2530 { strip.millivolts[i] = -1.5 }
    let traced = lead.millivolts
    LeadEnds(samplingFrequency: rate).mend(&lead, rhythm: strip)
    #expect(lead.millivolts == traced)
  }

  @Test func standsGapsAndShortLeads() {
    var (lead, strip) = page()
    lead.millivolts[1249] = nil
    lead.millivolts[1240] = nil
    let traced = lead.millivolts
    LeadEnds(samplingFrequency: rate).mend(&lead, rhythm: strip)
    #expect(lead.millivolts == traced)
    var short = sampled(.V1, column: 1, from: 0, count: 20, first: 0.98, depth: -1)
    LeadEnds(samplingFrequency: rate).mend(&short, rhythm: strip)
    #expect(short.millivolts.count == 20)
  }
}
