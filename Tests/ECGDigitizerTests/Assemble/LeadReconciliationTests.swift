import ECGCore
import ECGDigitizer
import Foundation
import Testing

@Suite("Limb leads of one moment agree")
struct LeadReconciliationTests {
  private func voltage(_ n: Int) -> (i: Float, ii: Float) {
    let t = Float(n) / 500
    return (0.6 * sin(9 * t) + 0.2 * sin(31 * t), 0.9 * sin(9 * t + 0.3) - 0.1 * cos(47 * t))
  }

  private func lead(
    _ lead: Lead, row: Int, isRhythm: Bool = false, scale: Float = 1, offset: Float = 0
  ) throws -> SampledLead {
    let part = try #require(LeadRelation.parts(of: lead))
    let values = (0..<1000).map { n -> Float? in
      let v = voltage(n)
      return scale * (part.i * v.i + part.ii * v.ii) + offset
    }
    return SampledLead(
      channel: .lead(lead),
      placement: LeadPlacement(
        lead: lead, isInverted: false, row: row, column: 0, isRhythm: isRhythm, startX: 0,
        endX: 1000,
        baselineY: 0, startSeconds: 0),
      firstSample: 0, millivolts: values, deviations: [Float](repeating: 0.02, count: 1000))
  }

  @Test("what is spoilt in one trace is mended by the others, zero lines stay")
  func spoilt() throws {
    var leads = [
      try lead(.I, row: 0, offset: 0.1), try lead(.II, row: 1),
      try lead(.III, row: 2, offset: -0.2),
      try lead(.II, row: 3, isRhythm: true),
    ]
    let truth = leads
    for n in 300..<330 { leads[1].millivolts[n] = 1.5 }
    LeadReconciliation().reconcile(&leads)
    for k in leads.indices {
      for n in 0..<1000 {
        let (found, wanted) = (leads[k].millivolts[n] ?? 9, truth[k].millivolts[n] ?? 0)
        #expect(abs(found - wanted) < 0.12, "lead \(k), sample \(n)")
      }
    }
    let before = abs(1.5 - (truth[1].millivolts[315] ?? 0))
    let after = abs((leads[1].millivolts[315] ?? 9) - (truth[1].millivolts[315] ?? 0))
    #expect(after < 0.12 * before)
  }

  @Test("where nothing tells which of two traces is wrong, the error is shared, not made larger")
  func undecidable() throws {
    var leads = [
      try lead(.I, row: 0), try lead(.II, row: 1), try lead(.III, row: 2),
      try lead(.II, row: 3, isRhythm: true),
    ]
    let truth = leads
    for n in 300..<330 { leads[2].millivolts[n] = (truth[2].millivolts[n] ?? 0) + 0.8 }
    LeadReconciliation().reconcile(&leads)
    for n in 300..<330 {
      var squares: Float = 0
      for k in leads.indices {
        let miss = (leads[k].millivolts[n] ?? 9) - (truth[k].millivolts[n] ?? 0)
        squares += miss * miss
      }
      #expect(squares < 0.6 * 0.8 * 0.8)
      // And both say that they are not sure.
      #expect(leads[0].deviations[n] > 0.1 && leads[2].deviations[n] > 0.1)
    }
  }

  @Test("leads that were scaled one by one are left alone")
  func normalised() throws {
    var leads = [
      try lead(.I, row: 0), try lead(.II, row: 1, scale: 0.5), try lead(.III, row: 2, scale: 2.5),
      try lead(.II, row: 3, isRhythm: true, scale: 0.5),
    ]
    let before = leads
    LeadReconciliation().reconcile(&leads)
    for (a, b) in zip(leads, before) { #expect(a.millivolts == b.millivolts) }
  }
}
