package import ECGCore

/// Whether a page prints aVR upside down (−aVR), by what the traces themselves say.
///
/// The minus before a printed aVR is a thin stroke and easily lost; the traces are not:
/// `aVR = −(I + II) / 2` and `aVR = aVL − 3/2 · I` hold at every moment for leads printed at
/// the same time.
package enum SignOfAVR {
  /// What the traces say.
  package struct Verdict: Hashable, Sendable {
    package var isInverted: Bool
    /// How much better the relations hold than with the other sign, 0…2.
    package var lead: Double
    /// How well the relations hold with this sign, 1 = perfectly.
    package var agreement: Double
  }

  /// Judges the sign.
  ///
  /// - Parameter pieces: simultaneous samples of equal count as printed, `nil` = absent.
  /// - Returns: `nil` if aVR has no partner at the same time.
  package static func judge(_ pieces: [Lead: [Float?]]) -> Verdict? {
    var (upright, inverted, count) = (0.0, 0.0, 0.0)
    for relation in LeadRelation.ofAVR {
      guard let plain = relation.agreement(of: pieces),
        let turned = relation.agreement(of: pieces, inverted: .aVR)
      else { continue }
      upright += plain
      inverted += turned
      count += 1
    }
    guard count > 0 else { return nil }
    return Verdict(
      isInverted: inverted > upright, lead: abs(inverted - upright) / count,
      agreement: max(upright, inverted) / count)
  }
}
