import ECGCore
import ECGDigitizer
import Foundation
import Testing

@Suite("Baselines from the relations between limb leads")
struct BaselineCorrectionTests {
  private let prior = [0.13, 0.13, 0.13, 0.13]

  /// A lead of a 3×4 page with a strip of II; `offset` in mV is what its row's zero line is off.
  private func lead(
    _ lead: Lead, row: Int, column: Int, isRhythm: Bool = false, offset: Float
  ) throws -> SampledLead {
    let part = try #require(LeadRelation.parts(of: lead))
    let (first, count) = isRhythm ? (0, 2500) : (1250 * column, 1250)
    let values = (first..<(first + count)).map { n -> Float? in
      let t = Float(n) / 500
      let (i, ii) = (0.1 + 0.6 * sin(9 * t), 0.2 + 0.9 * sin(9 * t + 0.3))
      return part.i * i + part.ii * ii + offset
    }
    return SampledLead(
      channel: .lead(lead),
      placement: LeadPlacement(
        lead: lead, row: row, column: column, isRhythm: isRhythm, startX: 0, endX: 100,
        baselineY: 0, startSeconds: Double(first) / 500),
      firstSample: first, millivolts: values,
      deviations: [Float](repeating: 0.01, count: count))
  }

  private func page(_ offsets: [Float]) throws -> [SampledLead] {
    let body: [[Lead]] = [[.I, .aVR], [.II, .aVL], [.III, .aVF]]
    var leads: [SampledLead] = []
    for (row, names) in body.enumerated() {
      for (column, name) in names.enumerated() {
        leads.append(try lead(name, row: row, column: column, offset: offsets[row]))
      }
    }
    return leads + [try lead(.II, row: 3, column: 0, isRhythm: true, offset: offsets[3])]
  }

  @Test("two columns and a strip tell what every row is off")
  func told() throws {
    let offsets: [Float] = [0.008, 0.016, -0.020, -0.012]
    let zeros = BaselineCorrection(try page(offsets), prior: prior, millimetersPerMillivolt: 10)
    for (found, wanted) in zip(zeros.errors, offsets) {
      #expect(abs(found - 10 * Double(wanted)) < 0.12, "\(zeros.errors)")
    }
    #expect(zeros.deviations.allSatisfy { $0 > 0.02 && $0 < 0.12 })
    // Also what all rows share.
    let shared = BaselineCorrection(
      try page([0.01, 0.01, 0.01, 0.01]), prior: prior, millimetersPerMillivolt: 10)
    #expect(shared.errors.allSatisfy { $0 > 0.03 && $0 < 0.12 })
  }

  @Test("leads that contradict each other move nothing, or leave more unknown")
  func contradiction() throws {
    let agreed = BaselineCorrection(
      try page([0, 0, 0, 0]), prior: prior, millimetersPerMillivolt: 10)
    #expect(agreed.errors.allSatisfy { abs($0) < 0.001 })
    var leads = try page([0, 0, 0, 0])
    for k in leads.indices where leads[k].channel == .lead(.aVF) {
      leads[k].millivolts = leads[k].millivolts.map { $0.map { $0 + 0.5 } }
    }
    let torn = BaselineCorrection(leads, prior: prior, millimetersPerMillivolt: 10)
    #expect(torn.errors.allSatisfy { abs($0) < 0.3 })
    for (more, less) in zip(torn.deviations, agreed.deviations) { #expect(more > less) }
  }

  @Test("too few leads, other leads and rows beyond those given leave zero lines as they are")
  func nothing() throws {
    for leads in [[], Array(try page([0.1, 0, 0, 0]).prefix(1))] {
      let zeros = BaselineCorrection(leads, prior: prior, millimetersPerMillivolt: 10)
      #expect(zeros.errors == [0, 0, 0, 0])
      for (left, given) in zip(zeros.deviations, prior) { #expect(abs(left - given) < 1e-9) }
    }
    let fewer = BaselineCorrection(
      try page([0.1, 0, 0, 0]), prior: [0.1], millimetersPerMillivolt: 10)
    #expect(fewer.errors.count == 1)
  }
}
