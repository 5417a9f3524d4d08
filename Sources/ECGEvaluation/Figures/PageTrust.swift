public import ECGCore

/// What a page's own document says of its reliability, and what became of it.
public struct PageTrust: Sendable, Hashable {
  /// Lead by lead: the confidence stated, and whether the lead came out right.
  public struct Claim: Sendable, Hashable {
    /// The lead.
    public var lead: Lead
    /// The confidence stated, 0…1.
    public var confidence: Double
    /// Whether its root mean square error is at most 0.05 mV (0.5 mm) and its name right.
    public var isRight: Bool
  }

  /// The least confidence of any lead, 0…1; `nil` if none is stated.
  public var confidence: Double?
  /// Lead by lead.
  public var claims: [Claim]
  /// The codes of the page's findings.
  public var findingCodes: [String]
  /// How many findings the page has.
  public var findings: Int { findingCodes.count }
  /// How many standard deviations the intervals of 50, 80 and 95 % reach.
  package static let intervals = [0.6745, 1.2816, 1.9600]
  /// Samples within those intervals about the truth.
  public var within = [0, 0, 0]
  /// The same with the mean error of each lead taken out.
  public var centeredWithin = [0, 0, 0]
  /// Samples with a stated standard deviation.
  public var samples = 0

  /// Compares what `sidecar` claims with what was measured.
  ///
  /// - Parameter unitFactor: what the prediction was multiplied by, and so its deviations are.
  package init(
    _ sidecar: PageSidecar, _ placed: PlacedPage, _ score: PageScore, unitFactor: Double = 1
  ) {
    confidence = sidecar.confidence.values.min()
    findingCodes = sidecar.findings
    let wrong = Set(score.wrongNames.map(\.lead))
    claims = score.leads.compactMap { lead in
      guard let confidence = sidecar.confidence[lead.lead] else { return nil }
      let isRight = (lead.rmsErrorMillivolts ?? .infinity) <= 0.05 && !wrong.contains(lead.lead)
      return Claim(lead: lead.lead, confidence: confidence, isRight: isRight)
    }
    for lead in placed.leads {
      guard let deviation = sidecar.deviations[lead.lead] else { continue }
      let constant = mean(zip(lead.truth, lead.prediction).map { $1 - $0 }.filter(\.isFinite))
      for (k, (y, p)) in zip(lead.truth, lead.prediction).enumerated()
      where y.isFinite && p.isFinite {
        let index = placed.truth.windows[lead.lead]?.lowerBound ?? 0
        guard let sigma = deviation.value(at: placed.truth.seconds(index + k)), sigma > 0 else {
          continue
        }
        let away = abs(y - p) / (sigma * unitFactor)
        samples += 1
        let centered = abs(p - y - constant) / (sigma * unitFactor)
        for (i, limit) in Self.intervals.enumerated() {
          if away <= limit { within[i] += 1 }
          if centered <= limit { centeredWithin[i] += 1 }
        }
      }
    }
  }
}
