import ECGCore
import ECGDigitizer
import Foundation
import Testing

@Suite("Relations between limb leads")
struct LeadRelationTests {
  private let limbs: [Lead] = [.I, .II, .III, .aVR, .aVL, .aVF]

  /// Samples of limb leads with two voltages that have little to do with each other.
  private func pieces() -> [Lead: [Float?]] {
    var out: [Lead: [Float?]] = [:]
    for lead in limbs {
      guard let part = LeadRelation.parts(of: lead) else { continue }
      out[lead] = (0..<200).map { n in
        let t = Float(n) / 50
        return part.i * sin(9 * t) + part.ii * (0.7 * cos(17 * t) + 0.4 * sin(5 * t)) + 0.3
      }
    }
    return out
  }

  @Test("every relation holds for the parts that leads have of I and II")
  func identities() throws {
    for relation in LeadRelation.ofLayouts + LeadRelation.ofAVR {
      var (i, ii) = (Float(0), Float(0))
      for (lead, weight) in relation.terms {
        let part = try #require(LeadRelation.parts(of: lead))
        i += weight * part.i
        ii += weight * part.ii
      }
      #expect(i == 0 && ii == 0, "\(relation.name)")
      #expect(relation.terms.map { abs($0.weight) }.min() == 1, "\(relation.name)")
    }
    #expect(LeadRelation.parts(of: .V1) == nil)
  }

  @Test("leads obey them whatever their zero lines are, and names that were swapped do not")
  func agreement() throws {
    let pieces = pieces()
    for relation in LeadRelation.ofLayouts {
      #expect(try #require(relation.agreement(of: pieces)) > 0.97, "\(relation.name)")
    }
    var swapped = pieces
    (swapped[.I], swapped[.aVF]) = (pieces[.aVF], pieces[.I])
    for relation in LeadRelation.ofLayouts {
      #expect(try #require(relation.agreement(of: swapped)) < 0.7, "\(relation.name)")
    }
  }

  @Test("aVR upside down obeys them with its sign turned, and not without")
  func sign() throws {
    var pieces = pieces()
    pieces[.aVR] = pieces[.aVR]?.map { $0.map { -$0 } }
    for relation in LeadRelation.ofAVR {
      #expect(try #require(relation.agreement(of: pieces, inverted: .aVR)) > 0.97)
      #expect(try #require(relation.agreement(of: pieces)) < 0.7, "\(relation.name)")
    }
  }

  @Test("a lead that is missing, or seen by less than three fifths, tells nothing")
  func missing() {
    var pieces = pieces()
    for n in 0..<90 { pieces[.III]?[n] = nil }
    #expect(LeadRelation.ofLayouts[0].agreement(of: pieces) == nil)
    pieces[.III] = nil
    #expect(LeadRelation.ofLayouts[0].agreement(of: pieces) == nil)
  }
}
