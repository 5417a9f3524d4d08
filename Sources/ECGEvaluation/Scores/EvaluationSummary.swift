/// A set of pages in figures. Medians are over pages; a figure nobody has is `nil`.
public struct EvaluationSummary: Sendable, Hashable {
  /// How many pages were scored.
  public var pages: Int
  /// Pages without a readable prediction.
  public var failures: Int
  /// Pages with at least one finding, of those that state findings; `nil` if none does.
  public var flaggedPages: Int?
  /// The protocol's own figure for the set. Ruled by the easiest pages under `kaggle2025`.
  public var pooledDecibels: Double?
  /// The middle over pages.
  public var medianDecibels: Double?
  /// The 10th percentile over pages.
  public var tenthPercentileDecibels: Double?
  /// The mean over pages.
  public var meanDecibels: Double?
  /// Pages with at least one lead under a wrong name.
  public var wrongLeadPages: Int
  /// Leads under a wrong name.
  public var wrongLeads: Int
  /// The mean share of printed samples that were returned.
  public var coverage: Double?
  /// Leads that are printed.
  public var leadsPrinted: Int
  /// Printed leads of which at least half was returned.
  public var leadsFound: Int
  /// Leads for which time, gain and delay could be fitted.
  public var leadsFitted: Int
  /// The typical root mean square error, in mV.
  public var rmsErrorMillivolts: Double?
  /// The typical mean absolute error, in mV.
  public var meanAbsoluteErrorMillivolts: Double?
  /// The typical lead's correlation.
  public var correlation: Double?
  /// The typical lead's explained variance.
  public var explainedVariance: Double?
  /// The typical error of the time scale, in percent.
  public var timeScaleAbsolutePercent: Double?
  /// The typical error of the gain, in percent.
  public var gainAbsolutePercent: Double?
  /// The typical shift in time, in ms.
  public var delayAbsoluteMilliseconds: Double?
  /// The typical constant error, in mV.
  public var offsetAbsoluteMillivolts: Double?
  /// The typical spread of delays of leads printed together, in ms.
  public var synchronyMilliseconds: Double?
  /// The mean over all leads.
  public var meanCorrelation: Double?
  /// The share of leads at least this well correlated; leads that are missing count as not.
  public var correlationShares: [CorrelationShare]
  /// Layouts read right, of those that are known.
  public var layoutsRight: Int
  /// Layouts that are known.
  public var layoutsKnown: Int
  /// Decibels below the pages' own ceilings: the median, where known.
  public var decibelsBelowCeiling: Double?
  /// The challenge's further figures: means over leads, under its protocol.
  public var challenge: ChallengeFigures?
  /// Beats and intervals over all pages.
  public var beats: BeatFigures?
  /// How far confidences and intervals can be trusted.
  public var trust: TrustFigures?

  /// The share of leads whose correlation reaches a threshold.
  public struct CorrelationShare: Sendable, Hashable {
    /// The threshold.
    public var threshold: Double
    /// The share, 0…1.
    public var share: Double
  }
}

extension EvaluationSummary {
  init(_ pages: [PageScore], _ scoring: any ScoringProtocol) {
    let decibels = pages.map(\.decibels)
    self.pages = pages.count
    failures = pages.count { $0.failure != nil }
    let stating = pages.compactMap(\.trust)
    flaggedPages = stating.isEmpty ? nil : stating.count { $0.findings > 0 }
    pooledDecibels = Self.known(scoring.pooledDecibels(pages.map(\.score)))
    medianDecibels = Self.known(median(decibels))
    tenthPercentileDecibels = Self.known(percentile(decibels, 10))
    meanDecibels = Self.known(mean(decibels.filter { !$0.isNaN }))
    wrongLeadPages = pages.count { !$0.wrongNames.isEmpty }
    wrongLeads = pages.reduce(0) { $0 + $1.wrongNames.count }
    coverage = Self.known(mean(pages.map(\.coverage)))
    let leads = pages.flatMap(\.leads)
    leadsPrinted = leads.count
    leadsFound = pages.reduce(0) { $0 + $1.leadsFound }
    leadsFitted = leads.count { $0.delayMilliseconds != nil }
    // Gains say nothing where the printed amplitude means nothing.
    let meant = pages.filter { $0.unitFactor == nil }
    rmsErrorMillivolts = Self.typical(pages) { $0.rmsErrorMillivolts }
    meanAbsoluteErrorMillivolts = Self.typical(pages) { $0.meanAbsoluteErrorMillivolts }
    correlation = Self.typical(pages) { $0.correlation }
    explainedVariance = Self.typical(pages) { $0.explainedVariance }
    timeScaleAbsolutePercent = Self.typical(pages) { $0.timeScalePercent.map(abs) }
    gainAbsolutePercent = Self.typical(meant) { $0.gainPercent.map(abs) }
    delayAbsoluteMilliseconds = Self.typical(pages) { $0.delayMilliseconds.map(abs) }
    offsetAbsoluteMillivolts = Self.typical(pages) { $0.offsetMillivolts.map(abs) }
    synchronyMilliseconds = Self.known(median(pages.compactMap(\.synchronyMilliseconds)))
    let correlations = leads.compactMap(\.correlation)
    meanCorrelation = Self.known(mean(correlations))
    correlationShares = [0.99, 0.95, 0.90, 0.80].map { threshold in
      let good = correlations.count { $0 >= threshold }
      return CorrelationShare(
        threshold: threshold, share: Double(good) / Double(max(1, leads.count)))
    }
    layoutsKnown = pages.count { $0.isLayoutRight != nil }
    layoutsRight = pages.count { $0.isLayoutRight == true }
    decibelsBelowCeiling = Self.known(
      median(pages.compactMap { page in page.ceilingDecibels.map { $0 - page.decibels } }))
    challenge = ChallengeFigures(leads.compactMap(\.challenge))
    beats = BeatFigures(pages.compactMap(\.beats))
    trust = TrustFigures(pages)
  }

  private static func known(_ value: Double) -> Double? { value.isNaN ? nil : value }

  private static func typical(
    _ pages: [PageScore], _ figure: (LeadScore) -> Double?
  ) -> Double? {
    let typical = pages.filter { $0.failure == nil }.map { median($0.leads.compactMap(figure)) }
    return known(median(typical))
  }
}
