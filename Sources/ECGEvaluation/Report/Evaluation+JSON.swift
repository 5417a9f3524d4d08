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
  var json: JSONValue {
    let shares = correlationShares.map {
      JSONValue.Member("r_at_least_\($0.threshold)", .figure($0.share))
    }
    return [
      "pages": .number(Double(pages)),
      "failures": .number(Double(failures)),
      "pages_flagged": flaggedPages.map { .number(Double($0)) } ?? .null,
      "pooled_db": .figure(pooledDecibels),
      "median_db": .figure(medianDecibels),
      "p10_db": .figure(tenthPercentileDecibels),
      "mean_db": .figure(meanDecibels),
      "wrong_lead_pages": .number(Double(wrongLeadPages)),
      "wrong_leads": .number(Double(wrongLeads)),
      "coverage": .figure(coverage),
      "leads_printed": .number(Double(leadsPrinted)),
      "leads_found": .number(Double(leadsFound)),
      "leads_fitted": .number(Double(leadsFitted)),
      "rmse_mv": .figure(rmsErrorMillivolts),
      "mae_mv": .figure(meanAbsoluteErrorMillivolts),
      "r_median": .figure(correlation),
      "r_mean": .figure(meanCorrelation),
      "r_shares": .object(shares),
      "r2": .figure(explainedVariance),
      "time_scale_abs_pct": .figure(timeScaleAbsolutePercent),
      "gain_abs_pct": .figure(gainAbsolutePercent),
      "delay_abs_ms": .figure(delayAbsoluteMilliseconds),
      "offset_abs_mv": .figure(offsetAbsoluteMillivolts),
      "synchrony_ms": .figure(synchronyMilliseconds),
      "db_below_ceiling": .figure(decibelsBelowCeiling),
      "layouts_right": .number(Double(layoutsRight)),
      "layouts_known": .number(Double(layoutsKnown)),
      "challenge": challenge.map { .object($0.members) } ?? .null,
      "beats": beats?.json ?? .null,
      "trust": trust?.json ?? .null,
    ]
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
