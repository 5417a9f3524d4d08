package import ECGCore

/// The name of a rhythm strip, by what was printed beside it and by which lead it looks like.
///
/// The printed name of a strip is the least certain of a page: no neighbours vouch for it, and
/// I, II and III differ by a stroke. The strip itself repeats its lead beat for beat.
package struct RhythmName: Hashable, Sendable {
  /// The name to use; `nil` if neither source is sure.
  package var lead: Lead?
  /// Whether print and trace say different things.
  package var isContradicted: Bool

  /// Combines both.
  ///
  /// - Parameters:
  ///   - read: the name that was read and its score.
  ///   - likeness: how far the strip has the shape of the simultaneous piece of each body lead,
  ///     1 = the same; see `LeadAgreement.likeness`.
  ///   - sameness: how far it repeats that piece in size as well; see `LeadAgreement.sameness`.
  package init(
    read: (lead: Lead, score: Double)?, likeness: [Lead: Double], sameness: [Lead: Double] = [:]
  ) {
    let ranked = likeness.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
    let best = ranked.first
    let lead = (best?.value ?? 0) - (ranked.dropFirst().first?.value ?? 0)
    let isSure = (best?.value ?? 0) > 0.85 && lead > 0.1
    guard let read else {
      self.lead = isSure ? best?.key : nil
      isContradicted = false
      return
    }
    let own = likeness[read.lead]
    if let settled = RhythmName.amongNumerals(read, likeness, sameness) {
      self = settled
      return
    }
    // A body piece may be hidden or noisy: only a clear rival speaks against the print.
    // Where the lead is not printed a second time, others resemble it: only a twin speaks against.
    let isTwin = min(best?.value ?? 0, best.flatMap { sameness[$0.key] } ?? 1) > 0.98
    isContradicted =
      isSure && best?.key != read.lead && (own ?? 0) < (best?.value ?? 0) - 0.15
      && (own != nil || isTwin)
    self.lead = isContradicted && read.score < 0.6 ? best?.key : read.lead
  }

  private init(_ lead: Lead, isContradicted: Bool) {
    (self.lead, self.isContradicted) = (lead, isContradicted)
  }

  /// I, II and III differ by a stroke of the pen: among them the trace decides sooner. It must
  /// speak in shape and in size, which a strip of the same gain repeats.
  ///
  /// - Returns: `nil` where the trace says nothing against the print.
  private static func amongNumerals(
    _ read: (lead: Lead, score: Double), _ likeness: [Lead: Double], _ sameness: [Lead: Double]
  ) -> RhythmName? {
    let numerals: [Lead] = [.I, .II, .III]
    guard numerals.contains(read.lead), let own = likeness[read.lead] else { return nil }
    func worth(_ lead: Lead) -> Double { (likeness[lead] ?? 0) + (sameness[lead] ?? 0) }
    let others = numerals.filter { $0 != read.lead && likeness[$0] != nil }
    guard let twin = others.max(by: { worth($0) < worth($1) }), let other = likeness[twin] else {
      return nil
    }
    let larger = sameness[twin].flatMap { there in sameness[read.lead].map { there - $0 } }
    // Where a heart's leads are all alike, the strip still repeats its own one exactly.
    if other > 0.995, 1 - other < 0.2 * (1 - own), larger ?? 0 >= 0 {
      return RhythmName(twin, isContradicted: true)
    }
    let isClear = own < 0.5 && other > 0.6 && other > own + 0.3
    guard let larger else { return isClear ? RhythmName(twin, isContradicted: true) : nil }
    if larger > 0.2, other > own + 0.05, max(other, sameness[twin] ?? 0) > 0.75 {
      let isSure = read.score < 0.6 || (larger > 0.3 && other > own + 0.3)
      return RhythmName(isSure ? twin : read.lead, isContradicted: true)
    }
    // The shape alone says otherwise: rows that touch each other do that.
    if other > own + 0.3, other > 0.6 { return RhythmName(read.lead, isContradicted: true) }
    return nil
  }
}
