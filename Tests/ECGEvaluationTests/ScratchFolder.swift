import ECGCore
import ECGEvaluation
import Foundation

/// A folder that is gone after the test.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("einthoven-evaluation-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes text, with the folders it needs.
  func write(_ text: String, _ path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Writes `table` as CSV; absent samples are empty.
  func write(_ table: SignalTable, _ path: String, head: (Lead) -> String = \.rawValue) throws {
    let leads = Lead.standard12.filter { table.leads[$0] != nil }
    var text = "time_s," + leads.map(head).joined(separator: ",") + "\n"
    for k in table.times.indices {
      text += "\(table.times[k])"
      for lead in leads {
        let value = table.leads[lead]?[k] ?? .nan
        text += value.isFinite ? ",\(value)" : ","
      }
      text += "\n"
    }
    try write(text, path)
  }
}
