package import ECGCore

/// A relation that limb leads obey at every moment: a weighted sum of them is zero.
///
/// The six limb leads are linear in two voltages, I and II:
///
///     III = II − I   aVR = −(I + II)/2   aVL = I − II/2   aVF = II − I/2
///
/// Any three of them are therefore bound to each other, and what binds them follows from this one
/// table. Where a layout puts such leads side by side in time, the traces themselves tell whether
/// names, gains and signs are right, without reading any text.
///
/// > Source: Einthoven, Fahr, de Waart, doi:10.1007/BF01697562; Goldberger,
/// > doi:10.1016/S0002-8703(42)90293-X.
package struct LeadRelation: Sendable {
  /// Such as `I + III = II`.
  package let name: String
  /// The leads with their weights, the least of which is ±1.
  package let terms: [(lead: Lead, weight: Float)]

  /// What a lead is of I and II; `nil` for leads of the chest.
  package static func parts(of lead: Lead) -> (i: Float, ii: Float)? {
    switch lead {
    case .I: (1, 0)
    case .II: (0, 1)
    case .III: (-1, 1)
    case .aVR: (-0.5, -0.5)
    case .aVL: (1, -0.5)
    case .aVF: (-0.5, 1)
    default: nil
    }
  }

  /// What binds three limb leads: the weights are the cross product of their parts.
  init(_ name: String, _ leads: Lead...) {
    let parts = leads.compactMap(LeadRelation.parts)
    precondition(leads.count == 3 && parts.count == 3, "A relation binds three limb leads")
    let weights = (0..<3).map { k in
      let (a, b) = (parts[(k + 1) % 3], parts[(k + 2) % 3])
      return a.i * b.ii - b.i * a.ii
    }
    let least = weights.map(abs).min() ?? 1
    self.name = name
    terms = zip(leads, weights).map { ($0, $1 / least) }
  }

  /// Those that tell a layout and its names.
  package static let ofLayouts = [
    LeadRelation("I + III = II", .I, .III, .II),
    LeadRelation("aVR + aVL + aVF = 0", .aVR, .aVL, .aVF),
    LeadRelation("aVF = (II + III) / 2", .II, .III, .aVF),
    LeadRelation("aVR = −(I + II) / 2", .I, .II, .aVR),
    LeadRelation("aVL = (I − III) / 2", .I, .III, .aVL),
  ]

  /// Those that tell the sign of aVR.
  package static let ofAVR = [
    LeadRelation("aVR = −(I + II) / 2", .I, .II, .aVR),
    LeadRelation("aVR + aVL + aVF = 0", .aVR, .aVL, .aVF),
    LeadRelation("aVR = aVL − 3/2 I", .I, .aVR, .aVL),
    LeadRelation("aVR = aVF − 3/2 II", .II, .aVR, .aVF),
    LeadRelation("aVR = III/2 − II", .II, .III, .aVR),
    LeadRelation("aVR = −I − III/2", .I, .III, .aVR),
  ]

  /// How well `pieces` (simultaneous samples of equal count, `nil` = absent) obey the relation:
  /// 1 = perfectly, 0 = not at all; `nil` where a lead or too many samples are missing.
  ///
  /// - Parameter inverted: a lead that is taken upside down.
  package func agreement(of pieces: [Lead: [Float?]], inverted: Lead? = nil) -> Double? {
    let present = terms.compactMap { term in
      pieces[term.lead].map { piece in
        let weight = term.lead == inverted ? -term.weight : term.weight
        return piece.map { $0.map { $0 * weight } }
      }
    }
    return present.count == terms.count ? LeadAgreement.agreement(present) : nil
  }
}
