import Foundation

extension StageReport {
  /// The report for a terminal: stages and ladder, one line per kind of page.
  public var table: String {
    let names = conditions.map { ($0, Optional($0)) } + [("all", nil)]
    func row(_ name: String, _ cells: [String], _ widths: [Int]) -> String {
      let head = name.padding(toLength: 26, withPad: " ", startingAt: 0)
      return head
        + zip(cells, widths).map { cell, width in
          String(repeating: " ", count: max(1, width - cell.count)) + cell
        }.joined()
    }
    let widths = StageReport.heads.map { max(7, $0.count + 2) }
    var lines = ["each stage alone, medians over pages", row("page", StageReport.heads, widths)]
    lines += names.map { row($0.0, cells(of: $0.1), widths) }
    let rungWidths = rungs.map { max(9, $0.count + 3) }
    lines += ["", "median dB under \(scoring.name), by what was handed in"]
    lines.append(row("page", rungs, rungWidths))
    lines += names.map { row($0.0, decibels(of: $0.1), rungWidths) }
    lines += failures.map { "FAILED \($0.id): \($0.message)" }
    return (lines + ["", StageReport.legend]).joined(separator: "\n") + "\n"
  }

  /// The report for a document.
  public var markdown: String {
    let names = conditions.map { ($0, Optional($0)) } + [("all", nil)]
    var out = StageReport.legend + "\n\n"
    out += Markup.markdown(["page"] + StageReport.heads, names.map { [$0.0] + cells(of: $0.1) })
    out += "\nMedian dB under `\(scoring.name)`, by what was handed in:\n\n"
    out += Markup.markdown(["page"] + rungs, names.map { [$0.0] + decibels(of: $0.1) })
    for failure in failures { out += "\nFailed: `\(failure.id)`: \(failure.message)\n" }
    return out
  }
}
