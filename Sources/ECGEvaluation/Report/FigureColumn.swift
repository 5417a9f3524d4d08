/// How one figure of a set of pages is headed and written in a table, be it text, Markdown or HTML.
struct FigureColumn {
  let head: String
  /// The figure's name, as in JSON.
  let name: String
  /// The figure that it is a part of, as in 36/36.
  let whole: String?
  let decimals: Int

  init(_ head: String, _ name: String, of whole: String? = nil, decimals: Int = 0) {
    (self.head, self.name, self.whole, self.decimals) = (head, name, whole, decimals)
  }

  /// The figure for a person, or a dash.
  func text(_ figures: [String: Double]) -> String {
    let part = Evaluation.text(figures[name], decimals)
    guard let whole else { return part }
    return figures[whole].map { $0 > 0 ? "\(part)/\(Evaluation.text($0, 0))" : "-" } ?? "-"
  }

  /// The columns of the tables of sets in text.
  static let text: [FigureColumn] = [
    .init("n", "pages"), .init("fail", "failures"), .init("pooled", "pooled_db", decimals: 2),
    .init("median", "median_db", decimals: 2), .init("p10", "p10_db", decimals: 2),
    .init("rmse", "rmse_mv", decimals: 3), .init("r", "r_median", decimals: 3),
    .init("scale%", "time_scale_abs_pct", decimals: 2), .init("gain%", "gain_abs_pct", decimals: 2),
    .init("delay", "delay_abs_ms", decimals: 2), .init("cover", "coverage", decimals: 2),
    .init("leads", "leads_found", of: "leads_printed"), .init("swaps", "wrong_leads"),
  ]

  /// Those of documents and of reports in HTML.
  static let document: [FigureColumn] = [
    .init("n", "pages"), .init("failed", "failures"), .init("with a finding", "pages_flagged"),
    .init("wrong without one", "pages_silently_wrong"),
    .init("median dB", "median_db", decimals: 1), .init("p10 dB", "p10_db", decimals: 1),
    .init("pooled dB", "pooled_db", decimals: 1),
    .init("below ceiling dB", "db_below_ceiling", decimals: 1),
    .init("r", "r_median", decimals: 3), .init("scale %", "time_scale_abs_pct", decimals: 2),
    .init("gain %", "gain_abs_pct", decimals: 1), .init("delay ms", "delay_abs_ms", decimals: 1),
    .init("coverage", "coverage", decimals: 3), .init("leads", "leads_found", of: "leads_printed"),
    .init("wrong names", "wrong_leads"), .init("layouts", "layouts_right", of: "layouts_known"),
  ]

  /// Those of the table in README.
  static let readme: [FigureColumn] = [
    .init("n", "pages"), .init("failed", "failures"), .init("median dB", "median_db", decimals: 1),
    .init("10th percentile", "p10_db", decimals: 1), .init("with a finding", "pages_flagged"),
    .init("wrong without one", "pages_silently_wrong"),
  ]

  /// A table of sets in Markdown.
  static func markdown(_ columns: [FigureColumn], _ sets: [SetFigures]) -> String {
    Markup.markdown(
      ["set"] + columns.map(\.head),
      sets.map { set in [set.name] + columns.map { $0.text(set.figures) } })
  }
}

/// A set of pages and its figures by their names.
package struct SetFigures: Hashable, Sendable {
  package var name: String
  package var figures: [String: Double]
}

extension Evaluation {
  /// Every set in figures, and all pages where there are several sets or none.
  package var setFigures: [SetFigures] {
    (sets.count == 1 ? sets : sets + [("all", summary)]).map {
      SetFigures(name: $0.name, figures: $0.summary.figuresByName)
    }
  }
}
