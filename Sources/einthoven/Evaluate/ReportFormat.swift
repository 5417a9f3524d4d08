import ArgumentParser
import ECGEvaluation
import ECGFormats
import Foundation

/// How figures are written.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case table, json, csv, html, markdown

  /// The report of `evaluation`, and its comparison with another run.
  func report(
    _ evaluation: Evaluation, comparison: PairedComparison?, drawings: [HTMLReport.Drawing],
    showsPages: Bool
  ) -> Data {
    switch self {
    case .table:
      let text = evaluation.table(showsPages: showsPages) + (comparison?.text ?? "")
      return Data(text.utf8)
    case .json:
      guard case .object(var members) = evaluation.json else { return Data() }
      if let comparison { members.append(.init("comparison", comparison.json)) }
      return JSONValue.object(members).serialized()
    case .csv: return Data(evaluation.csv.utf8)
    case .markdown: return Data(evaluation.markdown().utf8)
    case .html:
      return Data(HTMLReport(evaluation, comparison: comparison, drawings: drawings).text.utf8)
    }
  }
}
