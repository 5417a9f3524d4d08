import ECGCore
import Foundation

extension Evaluation {
  /// One line per printed lead of every page, after one per page (its lead is empty).
  public var csv: String {
    let head =
      "protocol,set,group,id,lead,db,coverage,rmse_mv,mae_mv,offset_mv,r,r2,time_scale_pct,"
      + "gain_pct,delay_ms,looks_like,failure\n"
    return head + pages.map(rows).joined()
  }

  private func rows(_ page: PageScore) -> String {
    let start = [scoring.name, page.set, page.group, page.id].map(Self.quoted)
    func line(_ lead: String, _ figures: [Double?], _ other: String) -> String {
      let texts = figures.map { $0.flatMap { $0.isFinite ? Self.text($0, 6) : nil } ?? "" }
      return (start + [lead] + texts + [other, Self.quoted(page.failure ?? "")])
        .joined(separator: ",") + "\n"
    }
    let whole = line("", [page.decibels, page.coverage] + .init(repeating: nil, count: 8), "")
    return whole
      + page.leads.map { lead in
        let figures = [
          lead.decibels, lead.coverage, lead.rmsErrorMillivolts, lead.meanAbsoluteErrorMillivolts,
          lead.offsetMillivolts, lead.correlation, lead.explainedVariance, lead.timeScalePercent,
          lead.gainPercent, lead.delayMilliseconds,
        ]
        let other = page.wrongNames.first { $0.lead == lead.lead }?.looksLike.rawValue ?? ""
        return line(lead.lead.rawValue, figures, other)
      }.joined()
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { "\",\n".contains($0) }) else { return text }
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
