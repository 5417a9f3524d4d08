extension Evaluation {
  /// The figures for a document: sets, and unless it shall be brief, trust and the ten worst pages.
  public func markdown(isBrief: Bool = false) -> String {
    var out = "Protocol `\(scoring.name)`: \(scoring.summary)\n\n"
    out += FigureColumn.markdown(FigureColumn.document, setFigures)
    if isBrief { return out }
    if let trust = summary.trust { out += "\n" + Self.sentence(on: trust) + "\n" }
    let findings = pages.compactMap(\.trust).flatMap { Set($0.findingCodes) }
    if !findings.isEmpty {
      let counts = Dictionary(grouping: findings) { $0 }.map { ($0.key, $0.value.count) }
        .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { "`\($0.0)` \($0.1)" }
      out += "\nPages per finding: \(counts.joined(separator: ", ")).\n"
    }
    return out + "\nThe worst pages:\n\n" + worstTable
  }

  private static func sentence(on trust: TrustFigures) -> String {
    func all(_ shares: [Double]?) -> String {
      let texts = [0, 1, 2].map { percent(shares?[$0], 0) }
      return "\(texts[0]), \(texts[1]) and \(texts[2])"
    }
    var parts = [
      "Intervals of 50, 80 and 95 % hold \(all(trust.coverage)) of the samples; with a "
        + "constant per lead taken out \(all(trust.centeredCoverage))."
    ]
    if !trust.reliability.isEmpty {
      let bins = trust.reliability.map {
        "\(text($0.stated)) stated, \(text($0.right)) right (\($0.count) leads)"
      }
      parts.append("Confidence: \(bins.joined(separator: "; ")).")
    }
    let kept = trust.abstention.filter {
      [0.3, 0.5, 0.8, 1].contains(($0.kept * 10).rounded() / 10)
    }
    if !kept.isEmpty {
      let points = kept.map { "\(percent($0.kept, 0)) kept: \(text($0.medianDecibels, 1)) dB" }
      parts.append("Least confident pages left out: \(points.joined(separator: ", ")).")
    }
    return parts.joined(separator: " ")
  }

  private var worstTable: String {
    Markup.markdown(
      ["page", "dB", "r", "gain %", "delay ms", "coverage", "remarks"],
      worst(10).map { page in
        func typical(_ figure: (LeadScore) -> Double?, _ decimals: Int) -> String {
          let known = page.leads.compactMap(figure)
          return Self.text(known.isEmpty ? nil : median(known), decimals)
        }
        let names = page.wrongNames.map { "\($0.lead) looks like \($0.looksLike)" }
        let remarks = [page.failure.map { "failed: \($0)" }, page.remark].compactMap { $0 }
        let findings = Set(page.trust?.findingCodes ?? []).sorted().map { "`\($0)`" }
        let silent = page.isSilentlyWrong ? ["no finding"] : []
        return [
          "`\(page.id)`", Self.text(page.decibels, 1), typical(\.correlation, 3),
          typical(\.gainPercent, 1), typical(\.delayMilliseconds, 1),
          Self.text(page.coverage, 3),
          (remarks + names + silent + findings).joined(separator: ", "),
        ]
      })
  }
}
