/// Time shifts of many pages beside what a set must reach.
package struct ShiftReport: Sendable {
  /// What the pages of one set must reach.
  package struct Goal: Sendable {
    package var medianMilliseconds: Double?
    package var worstMilliseconds: Double
    package var scaleMedianPercent: Double?
    package var scaleP90Percent: Double?
    package var capDecibels: Double?

    /// Goals by set: what a spike before this program reached, and a little.
    package static let bySet: [String: Goal] = [
      "photos": Goal(
        medianMilliseconds: 1.15, worstMilliseconds: 1.7, scaleMedianPercent: 0.09,
        scaleP90Percent: 0.2, capDecibels: 23),
      "scans": Goal(worstMilliseconds: 1.1),
    ]
  }

  package var pages: [PageShift]
  package var scoring: any ScoringProtocol

  package init(pages: [PageShift], scoring: any ScoringProtocol = Kaggle2025()) {
    (self.pages, self.scoring) = (pages, scoring)
  }

  private static let head = [
    "page", "windows", "shift ms", "scale %", "scale p90 %", "leads off", "cap dB",
  ]

  /// One line per page and per set, and the goals.
  package var rows: [[String]] {
    var rows: [[String]] = []
    for set in pages.map(\.set).uniqued {
      let members = pages.filter { $0.set == set }
      for page in members { rows.append(["`\(page.id)`"] + Self.cells([page], scoring)) }
      let shifts = members.compactMap(\.milliseconds)
      var summary = Self.cells(members, scoring)
      summary[1] = "\(Self.text(median(shifts))), worst \(Self.text(shifts.max()))"
      rows.append(["\(set), \(members.count)"] + summary)
      guard let goal = Goal.bySet[set] else { continue }
      let most = goal.medianMilliseconds.map { "\(Self.text($0)), " } ?? ""
      rows.append([
        "goal", "", "\(most)worst \(Self.text(goal.worstMilliseconds))",
        goal.scaleMedianPercent.map { Self.text($0) } ?? "",
        goal.scaleP90Percent.map { Self.text($0) } ?? "", "0",
        goal.capDecibels.map { Self.text($0, 1) } ?? "",
      ])
    }
    return rows
  }

  /// The table for a document.
  package var markdown: String {
    "Shift: rms of local time shifts in windows of 0.5 s, the page's median taken out. Scale: error "
      + "of the length of time, median and 90th percentile of the traces. Off: traces more than "
      + "20 ms from the page's median. Cap: \(scoring.name) of the truth itself moved by the "
      + "measured shifts, pooled over a set: what a perfect tracer could reach.\n\n"
      + Markup.markdown(Self.head, rows)
  }

  /// The table for a terminal.
  package var table: String { Markup.text(Self.head, rows) }

  private static func cells(_ pages: [PageShift], _ scoring: any ScoringProtocol) -> [String] {
    let scales = pages.flatMap(\.scalePercents)
    let caps = pages.compactMap(\.cap)
    return [
      "\(pages.reduce(0) { $0 + $1.windows })", text(median(pages.compactMap(\.milliseconds))),
      text(median(scales)), text(percentile(scales, 90)),
      "\(pages.reduce(0) { $0 + $1.leadsOff }) of \(pages.reduce(0) { $0 + $1.leads })",
      text(caps.isEmpty ? nil : scoring.pooledDecibels(caps), 1),
    ]
  }

  private static func text(_ value: Double?, _ decimals: Int = 2) -> String {
    Evaluation.text(value, decimals)
  }
}
