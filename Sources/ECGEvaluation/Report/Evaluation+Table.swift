import Foundation

extension Evaluation {
  /// The sets in figures as lines of text, each headed by the protocol's name.
  public func table(showsPages: Bool = false) -> String {
    var lines = ["protocol \(scoring.name): \(scoring.summary)"]
    if showsPages {
      lines.append(
        Markup.text(
          ["page", "dB", "cover", "leads", "r", "scale%", "gain%", "delay", "remarks"],
          pages.map(Self.cells)))
    }
    let sets = setFigures.map { set in [set.name] + FigureColumn.text.map { $0.text(set.figures) } }
    lines.append(String(Markup.text(["set"] + FigureColumn.text.map(\.head), sets).dropLast()))
    let all = summary
    if let beats = all.beats {
      lines.append(
        "beats: \(beats.matched) matched, \(beats.missed) missed, \(beats.extra) extra; errors in ms: "
          + "R \(Self.text(beats.peakMilliseconds)), RR \(Self.text(beats.rrMilliseconds)), "
          + "PR \(Self.text(beats.prMilliseconds)), QRS \(Self.text(beats.qrsMilliseconds)), "
          + "QT \(Self.text(beats.qtMilliseconds))")
    }
    let shares = all.correlationShares.map {
      "\(Self.text($0.threshold)): \(Self.percent($0.share))"
    }
    lines.append(
      "leads: r mean \(Self.text(all.meanCorrelation, 3)), at least \(shares.joined(separator: ", ")); "
        + "R2 \(Self.text(all.explainedVariance, 3)), MAE \(Self.text(all.meanAbsoluteErrorMillivolts, 3)) mV, "
        + "offset \(Self.text(all.offsetAbsoluteMillivolts, 3)) mV, "
        + "synchrony \(Self.text(all.synchronyMilliseconds)) ms")
    if let mean = all.challenge {
      lines.append(
        "challenge, means over leads: median SNR \(Self.text(mean.medianSignalToNoise)) dB, "
          + "KS \(Self.text(mean.kolmogorovSmirnov, 3)), "
          + "ASCI \(Self.text(mean.signedCorrelationIndex, 3)), "
          + "WAD \(Self.text(mean.weightedAbsoluteDifference, 4)) mV")
    }
    if let below = all.decibelsBelowCeiling {
      lines.append("below the pages' own ceilings: \(Self.text(below)) dB, median")
    }
    let failed = pages.filter { $0.failure != nil }
    for page in showsPages ? [] : failed.prefix(10) {
      lines.append("FAILED \(page.key): \(page.failure ?? "")")
    }
    if !showsPages, failed.count > 10 { lines.append("and \(failed.count - 10) more failures") }
    for page in showsPages ? [] : pages.filter({ $0.remark != nil }).prefix(10) {
      lines.append("\(page.key): \(page.remark ?? "")")
    }
    if all.layoutsKnown > 0 {
      lines.append("layouts: \(all.layoutsRight) of \(all.layoutsKnown) right")
    }
    if let trust = all.trust {
      lines.append(
        "trust: intervals of 50/80/95 % hold "
          + [0, 1, 2].map { Self.percent(trust.coverage?[$0]) }.joined(separator: " / ") + "; "
          + "\(all.flaggedPages ?? 0) of \(trust.statingPages) pages with a finding, "
          + "\(trust.silentlyWrongPages ?? 0) wrong (below 10 dB or a wrong name) without one")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cells(_ page: PageScore) -> [String] {
    var remarks = page.failure.map { "FAILED: \($0)" } ?? ""
    if let remark = page.remark { remarks += remark + " " }
    if !page.wrongNames.isEmpty {
      let names = page.wrongNames.map { "\($0.lead)=\($0.looksLike)" }
      remarks += "SWAP " + names.joined(separator: " ")
    }
    let fitted = page.leads.filter { $0.delayMilliseconds != nil }
    func typical(_ figure: (LeadScore) -> Double?) -> Double? {
      let known = page.leads.compactMap(figure)
      return known.isEmpty ? nil : median(known)
    }
    return [
      page.key, text(page.decibels), text(page.coverage),
      "\(page.leadsFound)/\(page.leads.count)", text(typical(\.correlation), 3),
      text(fitted.isEmpty ? nil : typical(\.timeScalePercent)), text(typical(\.gainPercent)),
      text(typical(\.delayMilliseconds)), remarks,
    ]
  }

  /// A share for a person, or a dash.
  static func percent(_ share: Double?, _ decimals: Int = 1) -> String {
    share.map { text(100 * $0, decimals) + " %" } ?? "-"
  }

  /// A figure for a person, or a dash.
  static func text(_ value: Double?, _ decimals: Int = 2) -> String {
    guard let value, value.isFinite else { return "-" }
    return String(format: "%.\(decimals)f", value)
  }
}
