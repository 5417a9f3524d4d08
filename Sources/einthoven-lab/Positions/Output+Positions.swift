import ECGCommandSupport
import ECGEvaluation
import Foundation

extension Output {
  /// Writes how pages were read wherever they lie: a table with its faults, or the part of a
  /// document between the marks `name`, which begins with `about`.
  func write(
    _ report: PositionReport, as format: ShiftsCommand.Format, about: String, between name: String,
    everyPage: Bool
  ) throws {
    switch format {
    case .table:
      let lines = everyPage ? report.everyPage : report.faults
      let text = report.table + lines.map { $0 + "\n" }.joined()
      try write(Data(text.utf8))
    case .markdown:
      try write(about + "\n\n" + report.markdown(withFaults: true), between: name)
    }
  }
}
