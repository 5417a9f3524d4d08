import ECGCore
public import Foundation

/// One self-contained page: figures, plots, the worst pages drawn, a comparison with another run.
///
/// Holds no picture unless one is handed in; those handed in should be redacted.
public struct HTMLReport: Sendable {
  /// A page drawn: truth and prediction, and a picture of the page with what was found.
  public struct Drawing: Sendable {
    /// The page.
    public var id: String
    /// The curves as SVG.
    package var curves: String
    /// A PNG of the page with what was found on it, text outside the grid blanked.
    public var overlayPNG: Data?
  }

  /// The scores.
  public var evaluation: Evaluation
  /// The comparison with another run; `nil` if there is none.
  public var comparison: PairedComparison?
  /// Drawings of pages, for the worst ones.
  public var drawings: [Drawing]

  /// Creates a report.
  public init(
    _ evaluation: Evaluation, comparison: PairedComparison? = nil, drawings: [Drawing] = []
  ) {
    (self.evaluation, self.comparison, self.drawings) = (evaluation, comparison, drawings)
  }

  /// The report as HTML.
  public var text: String {
    let name = Markup.escaped(evaluation.scoring.name)
    var parts = [
      "<h1>Evaluation under <code>\(name)</code></h1>",
      "<p>\(Markup.escaped(evaluation.scoring.summary))</p>", summaryTable, distributions,
    ]
    if let comparison { parts.append(section(on: comparison)) }
    if let trust = evaluation.summary.trust { parts.append(section(on: trust)) }
    parts.append(worstPages)
    parts.append(
      "<p class=note>Not a medical device. Pictures of pages, if any, have text outside the grid "
        + "blanked.</p>")
    return Markup.page(title: "Evaluation under \(name)", body: parts.joined(separator: "\n"))
  }

  private var summaryTable: String {
    "<h2>Figures (\(Markup.escaped(evaluation.scoring.name)))</h2>"
      + Markup.table(
        ["set"] + FigureColumn.document.map(\.head),
        evaluation.setFigures.map { set in
          [set.name] + FigureColumn.document.map { $0.text(set.figures) }
        })
  }

  private var distributions: String {
    let pages = evaluation.pages
    var byLead: [String: [Double]] = [:]
    for lead in pages.flatMap(\.leads) {
      if let decibels = lead.decibels { byLead[lead.lead.rawValue, default: []].append(decibels) }
    }
    let leadRows = pages.flatMap(\.leads).map(\.lead.rawValue).uniqued.map { name in
      (name: name, values: byLead[name] ?? [])
    }
    let conditions = pages.map(\.condition).uniqued.map { name in
      (
        name: name.isEmpty ? "all" : name,
        values: pages.filter { $0.condition == name }.map(\.decibels)
      )
    }
    return "<h2>dB per condition</h2>" + Plot.boxes(conditions, unit: "dB")
      + "<h2>dB per lead</h2>" + Plot.boxes(leadRows, unit: "dB")
  }

  private func section(on comparison: PairedComparison) -> String {
    "<h2>Against the other run</h2><p>\(Markup.escaped(comparison.text))</p>"
      + Markup.table(
        ["page", "difference dB"],
        comparison.extremes.map { [$0.id, Evaluation.text($0.decibels)] })
  }

  private func section(on trust: TrustFigures) -> String {
    let reliability = trust.reliability.map { ($0.stated, $0.right) }
    let abstention = trust.abstention.map { ($0.kept, $0.medianDecibels) }
    var out = "<h2>Trust</h2>"
    out += Markup.table(
      ["interval", "holds", "with a constant per lead taken out"],
      ["50 %", "80 %", "95 %"].enumerated().map { k, name in
        [
          name, Evaluation.percent(trust.coverage?[k]),
          Evaluation.percent(trust.centeredCoverage?[k]),
        ]
      })
    if !reliability.isEmpty {
      out +=
        "<p>Confidence stated (across) and share of leads that came out right, within 0.05 mV rms (up):</p>"
      out += Plot.line(reliability, diagonal: true)
    }
    if !abstention.isEmpty {
      out += "<p>Median dB (up) against the share of pages kept (across):</p>"
      out += Plot.line(abstention, diagonal: false)
    }
    return out
  }

  private var worstPages: String {
    let worst = evaluation.worst(10).map { page -> String in
      let names = page.wrongNames.map { "\($0.lead) looks like \($0.looksLike)" }
      let remarks = ([page.failure.map { "failed: \($0)" }, page.remark] + names.map { $0 })
        .compactMap { $0 }
      var part = "<h3>\(Markup.escaped(page.key)): \(Evaluation.text(page.decibels)) dB</h3>"
      part += "<p>\(Markup.escaped(remarks.joined(separator: "; ")))</p>"
      if let drawing = drawings.first(where: { $0.id == page.key }) {
        if let png = drawing.overlayPNG {
          part += "<img alt='page' src='data:image/png;base64,\(png.base64EncodedString())'>"
        }
        part += drawing.curves
      }
      return part
    }
    return
      "<h2>The worst pages</h2><p>Truth green, reading red; on a page's picture both lie where the program placed them.</p>"
      + worst.joined()
  }
}

extension PageScore {
  /// Set and group, for plots by condition.
  fileprivate var condition: String { group.isEmpty ? set : "\(set)/\(group)" }
}

extension [String] {
  /// Each element once, in the order of first appearance.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
