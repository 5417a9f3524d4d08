/// Whether what is promised is kept: intervals, confidences, and pages that are wrong in silence.
public struct TrustFigures: Sendable, Hashable {
  /// The shares of samples within their intervals of 50, 80 and 95 %; `nil` without deviations.
  public var coverage: [Double]?
  /// The same with a constant per lead taken out.
  public var centeredCoverage: [Double]?
  /// Confidences in tenths: what was stated and what came out right.
  public var reliability: [ReliabilityBin]
  /// The mean figure over the pages kept when the least confident are left out.
  public var abstention: [AbstentionPoint]
  /// Pages that are wrong (below 10 dB or with a wrong name) without any finding, of all pages that
  /// state findings; `nil` if none does.
  public var silentlyWrongPages: Int?
  /// The pages that state findings.
  public var statingPages: Int

  /// Leads whose stated confidence falls into one tenth.
  public struct ReliabilityBin: Sendable, Hashable {
    /// The mean confidence stated.
    public var stated: Double
    /// The share that came out right.
    public var right: Double
    /// How many leads.
    public var count: Int
  }

  /// What is left when only the most confident pages are kept.
  public struct AbstentionPoint: Sendable, Hashable {
    /// The share of pages kept.
    public var kept: Double
    /// Their median, in dB.
    public var medianDecibels: Double
  }

  /// Gathers the pages that have a document; `nil` if none has.
  init?(_ pages: [PageScore]) {
    let stating = pages.filter { $0.trust != nil }
    let trusts = stating.compactMap(\.trust)
    guard !trusts.isEmpty else { return nil }
    statingPages = trusts.count
    let samples = trusts.reduce(0) { $0 + $1.samples }
    if samples > 0 {
      func shares(_ counts: (PageTrust) -> [Int]) -> [Double] {
        PageTrust.intervals.indices.map { k in
          Double(trusts.reduce(0) { $0 + counts($1)[k] }) / Double(samples)
        }
      }
      coverage = shares(\.within)
      centeredCoverage = shares(\.centeredWithin)
    }
    let claims = trusts.flatMap(\.claims)
    let bins = Dictionary(grouping: claims) { min(9, Int($0.confidence * 10)) }
    reliability = bins.sorted { $0.key < $1.key }.map { _, bin in
      ReliabilityBin(
        stated: mean(bin.map(\.confidence)),
        right: Double(bin.count(where: \.isRight)) / Double(bin.count), count: bin.count)
    }
    let known = stating.filter { $0.trust?.confidence != nil && !$0.decibels.isNaN }
      .sorted { ($0.trust?.confidence ?? 0) > ($1.trust?.confidence ?? 0) }
    abstention =
      known.isEmpty
      ? []
      : (1...10).map { tenth in
        let kept = known.prefix(max(1, known.count * tenth / 10))
        return AbstentionPoint(
          kept: Double(kept.count) / Double(known.count),
          medianDecibels: median(kept.map(\.decibels)))
      }
    silentlyWrongPages = stating.count(where: \.isSilentlyWrong)
  }
}
