/// Nothing is aligned: every sample where and as it was returned. Short gaps are bridged, longer
/// ones and missing leads are 0 mV.
public struct StrictProtocol: ScoringProtocol {
  /// Whether the mean difference per lead is taken out (and the label's mean is no signal).
  public var isOffsetFree: Bool

  /// Creates the protocol.
  public init(isOffsetFree: Bool = false) { self.isOffsetFree = isOffsetFree }

  /// What it is called in reports and on the command line.
  public var name: String { isOffsetFree ? "strict-offset" : "strict" }

  /// One sentence: what it forgives and what it does not.
  public var summary: String {
    isOffsetFree
      ? "No shift, no gain; a constant per lead is forgiven."
      : "Nothing is forgiven: no shift, no gain, no constant."
  }

  /// Scores a page.
  public func score(_ page: ScoredPage) -> ProtocolScore {
    var tally = EnergyTally()
    for lead in page.placed.leads {
      let prediction = lead.bridged
      let center = isOffsetFree ? mean(lead.truth.filter(\.isFinite)) : 0
      let pairs = zip(lead.truth, prediction).filter { $0.0.isFinite && $0.1.isFinite }
      let offset = isOffsetFree && !pairs.isEmpty ? mean(pairs.map { $0.1 - $0.0 }) : 0
      var (signal, noise) = (0.0, 0.0)
      for (y, p) in zip(lead.truth, prediction) where y.isFinite {
        let label = y - center
        let value = p.isFinite ? p - offset - center : 0
        signal += label * label
        noise += (label - value) * (label - value)
      }
      tally.add(signal: signal, noise: noise)
    }
    return tally.score
  }
}
