extension StageReport {
  /// The report for a terminal: stages and ladder, one line per kind of page.
  public var table: String {
    let names = conditions.map { ($0, Optional($0)) } + [("all", nil)]
    var lines = ["each stage alone, medians over pages"]
    lines.append(
      Markup.text(["page"] + StageReport.heads, names.map { [$0.0] + cells(of: $0.1) }))
    lines.append("median dB under \(scoring.name), by what was handed in")
    lines.append(Markup.text(["page"] + rungs, names.map { [$0.0] + decibels(of: $0.1) }))
    lines += failures.map { "FAILED \($0.id): \($0.message)" }
    return (lines + [StageReport.legend]).joined(separator: "\n") + "\n"
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
