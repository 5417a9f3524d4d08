import ECGCore
import ECGEvaluation
import ECGTestSupport

extension ScratchFolder {
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
