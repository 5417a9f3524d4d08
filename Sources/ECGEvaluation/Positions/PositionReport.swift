/// Ways up, layouts and names of many pages, group by group.
package struct PositionReport: Sendable {
  package var pages: [PositionScore]
  /// Readings that the others are compared with: shown, but part of no sum.
  package var references: [PositionScore]

  package init(pages: [PositionScore], references: [PositionScore] = []) {
    (self.pages, self.references) = (pages, references)
  }

  private static let head = [
    "pages", "n", "failed", "way up", "layout", "names", "start off", "scale wrong",
    "wrong, with a finding", "wrong without", "Locate s", "worst s",
  ]

  private var rows: [[String]] {
    let groups = pages.flatMap(\.groups).uniqued
    let known = references.isEmpty ? [] : [["as they are"] + Self.cells(references)]
    return known
      + groups.map { group in
        [group] + Self.cells(pages.filter { $0.groups.contains(group) })
      } + [["all"] + Self.cells(pages)]
  }

  private static func cells(_ pages: [PositionScore]) -> [String] {
    let known = pages.filter { $0.isWayUpRight != nil }
    let read = pages.filter { $0.failure == nil }
    let wrong = read.filter { !$0.isRight }
    let seconds = read.map(\.locateSeconds)
    return [
      "\(pages.count)", "\(pages.count - read.count)",
      "\(known.count { $0.isWayUpRight == true })/\(known.count)",
      "\(pages.count(where: \.isLayoutRight))", "\(pages.count(where: \.areNamesRight))",
      "\(read.count { ($0.startMillimeters ?? 0) > PositionScore.largestStart })",
      "\(read.count { !$0.isScaleRightOrDoubted })",
      "\(wrong.count { !$0.isSilentlyWrong })", "\(read.count(where: \.isSilentlyWrong))",
      Evaluation.text(median(seconds)), Evaluation.text(seconds.max()),
    ]
  }

  /// What was not read as it should be, one line per page.
  package var faults: [String] {
    pages.filter { !$0.isRight || $0.isSilentlyWrong }.map { page in
      "\(page.isSilentlyWrong ? "SILENT " : "")\(page.id): \(page.remark)"
    }
  }

  /// Every page in one line, faults marked.
  package var everyPage: [String] {
    pages.map { page in
      let mark = page.isSilentlyWrong ? "SILENT " : page.isRight ? "" : "WRONG "
      return "\(mark)\(page.id): \(page.remark); \(Evaluation.text(page.locateSeconds)) s"
    }
  }

  /// The table for a document; `withFaults` lists the pages that are wrong below it.
  package func markdown(withFaults: Bool) -> String {
    let table = Markup.markdown(Self.head, rows)
    guard withFaults, !faults.isEmpty else { return table }
    return table + "\n" + faults.map { "- \($0)\n" }.joined()
  }

  /// The table for a terminal.
  package var table: String { Markup.text(Self.head, rows) }
}
