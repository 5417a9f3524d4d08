package import ECGCore
import ECGFormats
package import Foundation

extension SignalTable {
  /// The endings of files that hold signals, in the order of preference.
  static let endings = ["csv", "csv.gz", "parquet", "hea"]

  /// Reads signals from a CSV (also gzipped), Parquet or WFDB header file.
  ///
  /// - Parameter samplingFrequency: the rate of a table that has no time column.
  /// - Throws: `PageError`: what is wrong with the file.
  package init(file: URL, samplingFrequency: Double? = nil) throws(PageError) {
    let name = file.lastPathComponent.lowercased()
    if name.hasSuffix(".hea") {
      try self.init(Recording(wfdbHeader: file))
    } else if name.hasSuffix(".parquet") {
      try self.init(
        parquet: try GzipFile.read(file), samplingFrequency: samplingFrequency)
    } else if name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") {
      try self.init(csv: try GzipFile.read(file), samplingFrequency: samplingFrequency)
    } else {
      throw PageError(
        .unknownFormat, "The file is neither CSV, Parquet nor a WFDB header.",
        remedy: "Signals are read from .csv, .csv.gz, .parquet and .hea.")
    }
  }

  /// Reads a Parquet table with the columns of a CSV one.
  private init(parquet data: Data, samplingFrequency: Double?) throws(PageError) {
    let table = try ParquetTable(parsing: data)
    var leads: [Lead: [Double]] = [:]
    var times: [Double]?
    for column in table.columns {
      guard case .numbers(let values) = column.content else { continue }
      let numbers = values.map { $0 ?? .nan }
      if SignalTable.isTimeName(column.name) {
        times = times ?? numbers
      } else if let lead = SignalTable.lead(named: column.name) {
        guard leads[lead] == nil else {
          throw SignalTable.invalid("The table names the lead \(lead) twice.")
        }
        leads[lead] = numbers
      }
    }
    if let times {
      try self.init(times: times, leads: leads)
    } else if let samplingFrequency {
      let count = leads.values.first?.count ?? 0
      try self.init(times: (0..<count).map { Double($0) / samplingFrequency }, leads: leads)
    } else {
      throw SignalTable.invalid("The table has no time_s column.")
    }
  }
}
