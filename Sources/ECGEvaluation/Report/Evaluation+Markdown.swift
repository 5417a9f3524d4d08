extension Evaluation {
  /// The figures for a document: sets, and unless it shall be brief, trust and the ten worst pages.
  public func markdown(isBrief: Bool = false) -> String {
    let rows = (sets.count == 1 ? [] : sets) + [("all", summary)]
    var out = "Protocol `\(scoring.name)`: \(scoring.summary)\n\n"
    out += Markup.markdown(
      [
        "set", "n", "failed", "with a finding", "wrong without one", "median dB", "p10 dB",
        "pooled dB", "below ceiling dB", "r", "scale %", "gain %", "delay ms", "coverage", "leads",
        "wrong names", "layouts",
      ],
      (sets.count == 1 ? sets : rows).map { [$0.name] + Self.cells($0.summary) })
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

  private static func cells(_ s: EvaluationSummary) -> [String] {
    [
      "\(s.pages)", "\(s.failures)", s.flaggedPages.map(String.init) ?? "-",
      s.trust?.silentlyWrongPages.map(String.init) ?? "-", text(s.medianDecibels, 1),
      text(s.tenthPercentileDecibels, 1), text(s.pooledDecibels, 1),
      text(s.decibelsBelowCeiling, 1), text(s.correlation, 3), text(s.timeScaleAbsolutePercent),
      text(s.gainAbsolutePercent, 1), text(s.delayAbsoluteMilliseconds, 1), text(s.coverage, 3),
      "\(s.leadsFound)/\(s.leadsPrinted)", "\(s.wrongLeads)",
      s.layoutsKnown > 0 ? "\(s.layoutsRight)/\(s.layoutsKnown)" : "-",
    ]
  }

  private static func sentence(on trust: TrustFigures) -> String {
    func percent(_ share: Double?) -> String { share.map { text(100 * $0, 0) + " %" } ?? "-" }
    var parts = [
      "Intervals of 50, 80 and 95 % hold \(percent(trust.coverage50)), "
        + "\(percent(trust.coverage80)) and \(percent(trust.coverage95)) of the samples; with a "
        + "constant per lead taken out \(percent(trust.centeredCoverage50)), "
        + "\(percent(trust.centeredCoverage80)) and \(percent(trust.centeredCoverage95))."
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
      let points = kept.map { "\(percent($0.kept)) kept: \(text($0.medianDecibels, 1)) dB" }
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
