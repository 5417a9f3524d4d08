import ECGCore
import ECGDigitizer
import Foundation
import Testing

@Suite("Hidden stretches of a lead are filled")
struct GapFillingTests {
  private let rate = 500.0

  /// Beats 0.8 s apart: upright in the strip, deep in the lead.
  private func lead(_ name: Lead, isRhythm: Bool, count: Int = 1250) -> SampledLead {
    SampledLead(
      channel: .lead(name),
      placement: LeadPlacement(
        lead: name, row: isRhythm ? 3 : 0, column: 0, isRhythm: isRhythm, startX: 0, endX: 100,
        baselineY: 0, startSeconds: 0),
      firstSample: 0,
      millivolts: (0..<count).map { n in
        let phase = (Double(n) / rate - 0.4).remainder(dividingBy: 0.8)
        let tall = isRhythm ? 1.0 : -1.4
        return Float(tall * exp(-phase * phase / (2 * 0.012 * 0.012)) + 0.1 * sin(8 * phase))
      }, deviations: [Float](repeating: 0.01, count: count))
  }

  @Test("a QRS behind a bar is copied from a like beat, and is less sure than what was seen")
  func copied() {
    var lead = lead(.V1, isRhythm: false)
    let truth = lead.millivolts
    for n in 590..<620 { lead.millivolts[n] = nil }
    GapFilling(samplingFrequency: rate).fill(&lead, rhythm: self.lead(.II, isRhythm: true))
    for n in 590..<620 {
      #expect(abs((lead.millivolts[n] ?? 9) - (truth[n] ?? 0)) < 0.03, "sample \(n)")
      #expect(lead.deviations[n] >= 0.03)
    }
    #expect(lead.millivolts[..<590] == truth[..<590])
  }

  @Test("without a strip a short gap is bridged by a straight line, and an end holds its level")
  func bridged() throws {
    var lead = lead(.V1, isRhythm: false)
    lead.millivolts = (0..<1250).map { 0.001 * Float($0) }
    let truth = lead.millivolts
    for n in 300..<320 { lead.millivolts[n] = nil }
    for n in 0..<10 { lead.millivolts[n] = nil }
    GapFilling(samplingFrequency: rate).fill(&lead, rhythm: nil)
    for n in 300..<320 {
      #expect(abs((lead.millivolts[n] ?? 9) - (truth[n] ?? 0)) < 1e-4, "sample \(n)")
    }
    #expect(lead.millivolts[0..<10].allSatisfy { $0 == truth[10] })
    // Farther from what was seen, less is known.
    #expect(lead.deviations[310] > lead.deviations[301])
    #expect(lead.deviations[0] > lead.deviations[9])
  }

  @Test("what is too long stays absent: 0.12 s with a strip, 0.06 s without")
  func long() {
    var lead = lead(.V1, isRhythm: false)
    for n in 580..<645 { lead.millivolts[n] = nil }
    GapFilling(samplingFrequency: rate).fill(&lead, rhythm: self.lead(.II, isRhythm: true))
    #expect(lead.millivolts[580..<645].allSatisfy { $0 == nil })
    lead.millivolts[580...] = self.lead(.V1, isRhythm: false).millivolts[580...]
    for n in 580..<611 { lead.millivolts[n] = nil }
    GapFilling(samplingFrequency: rate).fill(&lead, rhythm: nil)
    #expect(lead.millivolts[580..<611].allSatisfy { $0 == nil })
  }

  @Test("a beat that the strip shows as another is not copied")
  func unlike() {
    var (lead, strip) = (lead(.V1, isRhythm: false), lead(.II, isRhythm: true))
    for n in 560..<650 { strip.millivolts[n] = n % 2 == 0 ? 1.5 : -1.5 }
    for n in 590..<645 { lead.millivolts[n] = nil }
    GapFilling(samplingFrequency: rate).fill(&lead, rhythm: strip)
    #expect(lead.millivolts[590..<645].allSatisfy { $0 == nil })
  }
}
