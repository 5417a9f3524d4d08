/// A way to turn a page into a number. Its ``name`` stands beside every number it gives.
public protocol ScoringProtocol: Sendable {
  /// What it is called in reports and on the command line.
  var name: String { get }
  /// One sentence: what it forgives and what it does not.
  var summary: String { get }
  /// Scores a page; `page` without any prediction is all zeros or whatever the protocol says, never skipped.
  func score(_ page: ScoredPage) -> ProtocolScore
  /// The figure for a whole set from those of its pages.
  func pooledDecibels(_ scores: [ProtocolScore]) -> Double
}

/// What a protocol says of one page.
public struct ProtocolScore: Sendable, Hashable {
  /// The page's figure in decibels; NaN where the protocol skips the page.
  public var decibels: Double
  /// Label energy over error energy before the logarithm, where the protocol has one.
  public var ratio: Double
  /// The figure of each printed lead, in the order of the page; NaN where skipped.
  public var leadDecibels: [Double]

  /// Creates a score.
  public init(decibels: Double, ratio: Double, leadDecibels: [Double]) {
    (self.decibels, self.ratio, self.leadDecibels) = (decibels, ratio, leadDecibels)
  }
}

/// A prediction laid on its truth, ready to be scored.
public struct ScoredPage: Sendable {
  package let placed: PlacedPage

  package init(_ placed: PlacedPage) { self.placed = placed }
}

extension ScoringProtocol {
  /// Ten times the logarithm of the mean *linear* ratio: the easiest pages rule it.
  public func pooledDecibels(_ scores: [ProtocolScore]) -> Double {
    scores.isEmpty ? .nan : Decibels.of(mean(scores.map(\.ratio)))
  }
}

/// Label and error energy, lead by lead.
struct EnergyTally {
  private(set) var signal = 0.0
  private(set) var noise = 0.0
  private(set) var leads: [Double] = []
  var limit = Decibels.perfectRatio

  mutating func add(signal s: Double, noise n: Double) {
    signal += s
    noise += n
    leads.append(Decibels.of(Decibels.ratio(signal: s, noise: n, limit: limit)))
  }

  var score: ProtocolScore {
    let ratio = Decibels.ratio(signal: signal, noise: noise, limit: limit)
    return ProtocolScore(decibels: Decibels.of(ratio), ratio: ratio, leadDecibels: leads)
  }
}
