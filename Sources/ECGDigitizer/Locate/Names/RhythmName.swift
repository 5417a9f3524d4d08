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
  ///   - likeness: how far the strip agrees with the simultaneous piece of each body lead, 1 =
  ///     the same; see `LeadPhysics.same`.
  package init(read: (lead: Lead, score: Double)?, likeness: [Lead: Double]) {
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
    // I, II and III differ by a stroke of the pen: among them the trace decides sooner.
    let bars: [Lead] = [.I, .II, .III]
    // Where a heart's leads are all alike, the strip still repeats its own one exactly.
    if bars.contains(read.lead), let own,
      let twin = bars.max(by: { likeness[$0] ?? 0 < likeness[$1] ?? 0 }),
      let other = likeness[twin],
      (own < 0.5 && other > 0.6 && other > own + 0.3)
        || (other > 0.995 && 1 - other < 0.2 * (1 - own))
    {
      self.lead = twin
      isContradicted = true
      return
    }
    // A body piece may be hidden or noisy: only a clear rival speaks against the print.
    isContradicted = isSure && best?.key != read.lead && (own ?? 0) < (best?.value ?? 0) - 0.15
    self.lead = isContradicted && read.score < 0.6 ? best?.key : read.lead
  }
}
