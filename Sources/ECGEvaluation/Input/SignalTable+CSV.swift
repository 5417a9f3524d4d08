package import ECGCore
import ECGFormats
package import Foundation

extension SignalTable {
  /// Names of a time column in seconds, in lower case.
  private static let timeNames: Set = ["time_s", "time", "t", "seconds", "time_sec", "time(s)"]

  /// Reads a table of comma-separated values.
  ///
  /// Lead names in any usual spelling (`lead_I`, `AVR`, `MLII` is none) may stand in any order; what is
  /// no number is absent; columns that are neither time nor one of the twelve leads are left out.
  ///
  /// - Parameter samplingFrequency: the rate of a table that has no time column; `nil` refuses one.
  /// - Throws: `PageError.invalidRecord`.
  package init(csv data: Data, samplingFrequency: Double? = nil) throws(PageError) {
    var reader = DelimitedReader(data)
    guard let header = reader.textRow() else { throw SignalTable.invalid("The table is empty.") }
    let names = header.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    let timeColumn =
      names.firstIndex(where: { $0 == "time_s" })
      ?? names.firstIndex(where: SignalTable.timeNames.contains)
    var columns = [Lead?](repeating: nil, count: names.count)
    for (k, name) in header.enumerated() where k != timeColumn {
      guard let lead = SignalTable.lead(named: name) else { continue }
      guard !columns.contains(lead) else {
        throw SignalTable.invalid("The table names the lead \(lead) twice.")
      }
      columns[k] = lead
    }
    let table = reader.numberColumns(count: names.count)
    var leads: [Lead: [Double]] = [:]
    for (k, lead) in columns.enumerated() {
      if let lead { leads[lead] = table[k] }
    }
    if let timeColumn {
      try self.init(times: table[timeColumn], leads: leads)
    } else if let samplingFrequency, samplingFrequency > 0 {
      let count = table.first?.count ?? 0
      try self.init(times: (0..<count).map { Double($0) / samplingFrequency }, leads: leads)
    } else {
      throw SignalTable.invalid("The table has no time_s column.")
    }
  }

  /// Whether `file` is a readable CSV whose header names none of the twelve leads: a list of
  /// something else.
  static func namesNoLead(_ file: URL) -> Bool {
    guard file.pathExtension.lowercased() == "csv",
      let handle = try? FileHandle(forReadingFrom: file)
    else { return false }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 1 << 16), !start.isEmpty else { return false }
    var reader = DelimitedReader(start)
    guard let header = reader.textRow(), header.count > 1 else { return false }
    return !header.contains { lead(named: $0) != nil }
  }

  /// The one of the twelve leads that a column's name means.
  static func lead(named name: String) -> Lead? {
    guard let lead = Lead(anySpelling: name), Lead.standard12.contains(lead) else { return nil }
    return lead
  }

  /// Whether a column's name means time in seconds.
  static func isTimeName(_ name: String) -> Bool { timeNames.contains(name.lowercased()) }

  static func invalid(_ message: String) -> PageError {
    PageError(
      .invalidRecord, message,
      remedy: "A table needs the columns time_s and one per lead, in millivolts.")
  }
}
