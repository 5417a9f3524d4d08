public import ECGCore
import ECGFormats
public import Foundation

/// The values handed in to the competition, row by row.
public struct Submission: Sendable {
  /// `{image}_{row}_{lead}` of each value.
  public private(set) var ids: [String] = []
  /// Millivolts.
  public private(set) var values: [Double] = []

  /// Creates a submission without rows.
  public init() {}

  /// Adds the rows asked of `image`: exactly as many, all finite.
  ///
  /// Gaps up to 10 ms are bridged, longer ones take the mean of what was read, and a lead or page
  /// that was not read is 0 mV: one value that is not finite would void the whole submission.
  public mutating func add(_ image: SubmissionPlan.Image, from recording: Recording?) {
    add(image, table: recording.flatMap { try? SignalTable($0) })
  }

  /// Adds the rows asked of `image` from the file of its signals; `nil` or an unreadable one is 0 mV.
  ///
  /// - Returns: whether there were signals to read.
  @discardableResult
  public mutating func add(_ image: SubmissionPlan.Image, fromFile file: URL?) -> Bool {
    let table = file.flatMap { try? SignalTable(file: $0) }
    add(image, table: table)
    return table?.hasSamples ?? false
  }

  private mutating func add(_ image: SubmissionPlan.Image, table: SignalTable?) {
    for rows in image.leads {
      var read = [Double](repeating: .nan, count: rows.count)
      if let table, let lead = table.leads[rows.lead] {
        let grid = TimeGrid(table, samplingFrequency: rows.samplingFrequency)
        read = LeadResampler(grid: grid, samplingFrequency: rows.samplingFrequency)
          .samples(of: lead, from: rows.startSeconds, count: rows.count, delay: 0)
      }
      let placed = PlacedLead(
        lead: rows.lead, samplingFrequency: rows.samplingFrequency, truth: read, prediction: read)
      let bridged = placed.bridged
      let known = bridged.filter(\.isFinite)
      let fill = known.isEmpty ? 0 : mean(known)
      for (k, value) in bridged.enumerated() {
        ids.append("\(image.id)_\(k)_\(rows.lead)")
        // A wild value would ruin its image: nothing printed exceeds ±10 mV.
        values.append(value.isFinite ? min(max(value, -10), 10) : fill)
      }
    }
  }

  /// The submission as CSV.
  public var csvData: Data {
    var out = Data("id,value\n".utf8)
    for (id, value) in zip(ids, values) {
      let digits = (value * 1e6).rounded() / 1e6
      out.append(contentsOf: "\(id),\(digits)\n".utf8)
    }
    return out
  }

  /// The submission as Parquet.
  public var parquetData: Data {
    ParquetTable(columns: [.init("id", .texts(ids)), .init("value", .numbers(values))])
      .parquetData()
  }
}
