public import ECGCore
public import Foundation

extension Recording {
  /// Reads a table as ``csvData()`` writes it: a column `time_s` with evenly spaced seconds, and
  /// one column of millivolts per lead in any order. Empty fields and `NaN` are absent.
  ///
  /// - Throws: `PageError.invalidRecord`, naming line and column.
  public init(csv data: Data) throws(PageError) {
    var reader = DelimitedReader(data)
    guard let names = reader.textRow() else { throw CSVError.empty }
    guard names.first == "time_s" else { throw CSVError.noTime }
    let channels = names.dropFirst().map { Channel(columnName: $0) }
    if Set(channels).count < channels.count { throw CSVError.twice }

    var times: [Double] = []
    var columns = [[Float?]](repeating: [], count: channels.count)
    while let fields = reader.textRow() {
      guard fields.count == names.count else {
        throw CSVError.fields(line: reader.line, found: fields.count, expected: names.count)
      }
      for (column, text) in fields.enumerated() {
        let value = Double(text)
        // Beyond any single-precision number is no voltage either.
        let isVoltage = value.map { !$0.isFinite || Float($0).isFinite }
        guard isVoltage ?? (text.isEmpty && column > 0), column > 0 || value?.isFinite == true
        else { throw CSVError.number(line: reader.line, column: names[column]) }
        let finite = value.flatMap { $0.isFinite ? $0 : nil }
        if column > 0 {
          columns[column - 1].append(finite.map { Float($0) })
        } else if let finite {
          times.append(finite)
        }
      }
    }
    guard times.count > 1 else { throw CSVError.short }
    let frequency = try CSVError.frequency(of: times)
    let start = Int((times[0] * frequency).rounded())
    guard start >= 0, start < 1 << 26 else { throw CSVError.early }
    self.init(
      samplingFrequency: frequency, sampleCount: start + times.count,
      segments: zip(channels, columns).flatMap { channel, values in
        LeadSegment.pieces(of: values, channel: channel, firstSample: start)
      })
  }
}

/// What can be wrong with a table, in words.
private enum CSVError {
  static let remedy =
    "A table has the columns time_s (evenly spaced seconds) and one per lead, in millivolts."

  static var empty: PageError { error("The table is empty.") }
  static var noTime: PageError { error("The table's first column is not time_s.") }
  static var twice: PageError { error("The table names a lead twice.") }
  static var short: PageError { error("The table has fewer than two rows of samples.") }
  static var early: PageError { error("The table's time does not start at 0 or shortly after.") }

  static func fields(line: Int, found: Int, expected: Int) -> PageError {
    error("Line \(line) has \(found) fields where the header has \(expected).")
  }

  static func number(line: Int, column: String) -> PageError {
    error("Line \(line) holds no number in column \(column).")
  }

  /// The sampling frequency in Hz; a whole number where the times allow it.
  static func frequency(of times: [Double]) throws(PageError) -> Double {
    let span = times[times.count - 1] - times[0]
    guard span > 0 else { throw error("The table's time does not rise.") }
    let steps = Double(times.count - 1)
    let measured = steps / span
    // Times are rounded to 1 ns at worst, often to 1 ms.
    let isWhole = abs(measured - measured.rounded()) <= measured * 0.001 / span
    let frequency = isWhole && measured >= 1 ? measured.rounded() : measured
    for (k, time) in times.enumerated()
    where abs(time - times[0] - Double(k) / measured) > 0.51 / measured {
      throw error("The table's time is not evenly spaced near line \(k + 2).")
    }
    return frequency
  }

  private static func error(_ message: String) -> PageError {
    PageError(.invalidRecord, message, remedy: remedy)
  }
}
