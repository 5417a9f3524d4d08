/// Only the shape counts: per lead the gain (not below 0) and the constant that fit best are
/// forgiven, a shift is not. What was not returned is at the label's mean.
public struct ShapeProtocol: ScoringProtocol {
  /// Creates the protocol.
  public init() {}

  /// What it is called in reports and on the command line.
  public var name: String { "shape" }

  /// One sentence: what it forgives and what it does not.
  public var summary: String { "Per lead a gain and a constant are forgiven, a shift is not." }

  /// Scores a page.
  public func score(_ page: ScoredPage) -> ProtocolScore {
    var tally = EnergyTally()
    for lead in page.placed.leads {
      let center = mean(lead.truth.filter(\.isFinite))
      let prediction = lead.bridged
      let pairs = zip(lead.truth, prediction).filter { $0.0.isFinite && $0.1.isFinite }
      let (meanY, meanP) = (mean(pairs.map(\.0)), mean(pairs.map(\.1)))
      var (yp, pp) = (0.0, 0.0)
      for (y, p) in pairs {
        yp += (y - meanY) * (p - meanP)
        pp += (p - meanP) * (p - meanP)
      }
      let gain = pp > 0 ? max(0, yp / pp) : 0
      var (signal, noise) = (0.0, 0.0)
      for (y, p) in zip(lead.truth, prediction) where y.isFinite {
        let error = p.isFinite ? y - meanY - gain * (p - meanP) : y - center
        signal += (y - center) * (y - center)
        noise += error * error
      }
      tally.add(signal: signal, noise: noise)
    }
    return tally.score
  }
}
