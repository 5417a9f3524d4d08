import ECGCore
public import ECGFormats

extension Evaluation {
  /// The version of this format.
  public static let schema = "einthoven.evaluation/1"

  /// Everything that was measured. Names carry their units.
  public var json: JSONValue {
    let sets = sets.map { JSONValue.Member($0.name, $0.summary.json) }
    return [
      "schema": .string(Evaluation.schema),
      "protocol": .string(scoring.name),
      "protocol_rule": .string(scoring.summary),
      "summary": summary.json,
      "sets": .object(sets),
      "pages": .array(pages.map(\.json)),
    ]
  }
}

extension JSONValue {
  /// A figure to six places; `null` if it is unknown.
  static func figure(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number((value * 1e6).rounded() / 1e6)
  }
}

extension EvaluationSummary {
  /// The figures of a set that are one number each, by their names in JSON.
  var figures: [(name: String, value: Double?)] {
    [
      ("pages", Double(pages)),
      ("failures", Double(failures)),
      ("pages_flagged", flaggedPages.map(Double.init)),
      ("pages_silently_wrong", trust?.silentlyWrongPages.map(Double.init)),
      ("pooled_db", pooledDecibels),
      ("median_db", medianDecibels),
      ("p10_db", tenthPercentileDecibels),
      ("mean_db", meanDecibels),
      ("wrong_lead_pages", Double(wrongLeadPages)),
      ("wrong_leads", Double(wrongLeads)),
      ("coverage", coverage),
      ("leads_printed", Double(leadsPrinted)),
      ("leads_found", Double(leadsFound)),
      ("leads_fitted", Double(leadsFitted)),
      ("rmse_mv", rmsErrorMillivolts),
      ("mae_mv", meanAbsoluteErrorMillivolts),
      ("r_median", correlation),
      ("r_mean", meanCorrelation),
      ("r2", explainedVariance),
      ("time_scale_abs_pct", timeScaleAbsolutePercent),
      ("gain_abs_pct", gainAbsolutePercent),
      ("delay_abs_ms", delayAbsoluteMilliseconds),
      ("offset_abs_mv", offsetAbsoluteMillivolts),
      ("synchrony_ms", synchronyMilliseconds),
      ("db_below_ceiling", decibelsBelowCeiling),
      ("layouts_right", Double(layoutsRight)),
      ("layouts_known", Double(layoutsKnown)),
    ]
  }

  /// The figures that are known, as JSON has them.
  var figuresByName: [String: Double] {
    figures.reduce(into: [:]) { found, figure in
      if case .number(let value) = JSONValue.figure(figure.value) { found[figure.name] = value }
    }
  }

  var json: JSONValue {
    let shares = correlationShares.map {
      JSONValue.Member("r_at_least_\($0.threshold)", .figure($0.share))
    }
    return .object(
      figures.map { JSONValue.Member($0.name, .figure($0.value)) } + [
        .init("r_shares", .object(shares)),
        .init("challenge", challenge.map { .object($0.members) } ?? .null),
        .init("beats", beats?.json ?? .null),
        .init("trust", trust?.json ?? .null),
      ])
  }
}

extension PageScore {
  var json: JSONValue {
    [
      "id": .string(id),
      "set": .string(set),
      "group": .string(group),
      "failure": failure.map { .string($0) } ?? .null,
      "remark": remark.map { .string($0) } ?? .null,
      "time_origin": origin.map { .string($0.rawValue) } ?? .null,
      "db": .figure(decibels),
      "ratio": .figure(score.ratio),
      "coverage": .figure(coverage),
      "leads_printed": .number(Double(leads.count)),
      "leads_found": .number(Double(leadsFound)),
      "wrong_names": .array(wrongNames.map(\.json)),
      "extra_leads": .array(extraLeads.map { .string($0.rawValue) }),
      "unit_factor": .figure(unitFactor),
      "layout_right": isLayoutRight.map { .bool($0) } ?? .null,
      "ceiling_db": .figure(ceilingDecibels),
      "confidence": .figure(trust?.confidence),
      "findings": trust.map { .array($0.findingCodes.map { .string($0) }) } ?? .null,
      "silently_wrong": .bool(isSilentlyWrong),
      "synchrony_ms": .figure(synchronyMilliseconds),
      "beats": beats?.json ?? .null,
      "leads": .array(leads.map(\.json)),
    ]
  }
}

extension WrongName {
  fileprivate var json: JSONValue {
    [
      "lead": .string(lead.rawValue), "looks_like": .string(looksLike.rawValue),
      "r_other": .figure(otherCorrelation), "r_own": .figure(ownCorrelation),
    ]
  }
}

extension LeadScore {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(lead.rawValue)),
      .init("db", .figure(decibels)),
      .init("coverage", .figure(coverage)),
      .init("rmse_mv", .figure(rmsErrorMillivolts)),
      .init("mae_mv", .figure(meanAbsoluteErrorMillivolts)),
      .init("offset_mv", .figure(offsetMillivolts)),
      .init("r", .figure(correlation)),
      .init("r2", .figure(explainedVariance)),
      .init("time_scale_pct", .figure(timeScalePercent)),
      .init("gain_pct", .figure(gainPercent)),
      .init("delay_ms", .figure(delayMilliseconds)),
    ]
    if let challenge {
      members += challenge.members
    }
    return .object(members)
  }
}
