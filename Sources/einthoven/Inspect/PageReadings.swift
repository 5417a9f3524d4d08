import ECGCore
import Foundation

/// What was read on one page, where and how surely: lead names, paper speed, gain.
///
/// Places are millimetres of paper from the top left corner of the page as it was read: upright.
struct PageReadings {
  let result: Digitization

  /// A table for a terminal, and below it what the calibration rests on and the findings.
  var table: String {
    let geometry = result.geometry
    var lines = ["layout  \(result.layout?.name ?? "none that is known")"]
    if geometry.quarterTurns != 0 { lines.append("turned  by \(90 * geometry.quarterTurns)°") }
    if geometry.isMirrored { lines.append("mirrored") }
    let rows =
      [["read", "right mm", "down mm", "score"]]
      + result.printed.map { text in
        [
          PageReadings.words(text.meaning),
          String(format: "%.1f", (text.middle.x + 0.5) / geometry.pixelsPerMillimeterX),
          String(format: "%.1f", (text.middle.y + 0.5) / geometry.pixelsPerMillimeterY),
          String(format: "%.2f", text.score),
        ]
      }
    if rows.count > 1 {
      let widths = rows[0].indices.map { k in rows.map { $0[k].count }.max() ?? 0 }
      lines += rows.map { cells in
        zip(cells, widths).map { cell, width in
          cell + String(repeating: " ", count: width - cell.count)
        }.joined(separator: "  ")
      }
    } else {
      lines.append("nothing was read")
    }
    lines += (result.calibration?.items ?? []).map { "evidence  \($0.note)" }
    lines += result.findings.map { "finding  \($0.message)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func words(_ meaning: PrintedText.Meaning) -> String {
    func short(_ value: Double) -> String {
      value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
    switch meaning {
    case .lead(let lead): return lead.rawValue
    case .invertedLead(let lead): return "−\(lead.rawValue)"
    case .paperSpeed(let speed): return "\(short(speed.millimetersPerSecond)) mm/s"
    case .gain(let gain): return "\(short(gain.millimetersPerMillivolt)) mm/mV"
    }
  }
}
