import ECGCore
import ECGFormats
import Foundation

/// A submission or solution of the competition: one value per `{image}_{row}_{lead}`.
struct SubmissionTable {
  /// One value of one lead of one image.
  struct Entry {
    var image: String
    var row: Int
    var lead: Lead
    var value: Double
    /// The image's rate in Hz; 0 in a submission.
    var samplingFrequency: Double
  }

  private(set) var entries: [String: Entry] = [:]

  /// Reads CSV (also gzipped) or Parquet with the columns id and value, in a solution fs as well.
  ///
  /// - Throws: `PageError.invalidRecord`: a value is missing or not finite, an id occurs twice or is none.
  init(file: URL, needsFrequency: Bool) throws(PageError) {
    let data = try GzipFile.read(file)
    let (ids, values, rates) =
      data.starts(with: Array("PAR1".utf8)) ? try Self.parquet(data) : try Self.csv(data)
    guard let ids, let values, !needsFrequency || rates != nil else {
      throw Self.error("The file lacks the columns id and value\(needsFrequency ? " and fs" : "").")
    }
    for (k, id) in ids.enumerated() {
      guard let id, let entry = Self.entry(id, values[k] ?? .nan, rates?[k] ?? 0) else {
        throw Self.error("Row \(k + 1) has no id of the form IMAGE_ROW_LEAD.")
      }
      guard entry.value.isFinite else { throw Self.error("Row \(k + 1) holds no finite value.") }
      guard entries.updateValue(entry, forKey: id) == nil else {
        throw Self.error("Row \(k + 1) has an id that occurs before.")
      }
    }
    guard !entries.isEmpty else { throw Self.error("The file holds no row.") }
  }

  private static func entry(_ id: String, _ value: Double, _ rate: Double) -> Entry? {
    guard let last = id.lastIndex(of: "_"),
      let middle = id[..<last].lastIndex(of: "_"),
      let row = Int(id[id.index(after: middle)..<last]), row >= 0,
      let lead = SignalTable.lead(named: String(id[id.index(after: last)...]))
    else { return nil }
    return Entry(
      image: String(id[..<middle]), row: row, lead: lead, value: value, samplingFrequency: rate)
  }

  private typealias Columns = (ids: [String?]?, values: [Double?]?, rates: [Double?]?)

  private static func parquet(_ data: Data) throws(PageError) -> Columns {
    var found: Columns = (nil, nil, nil)
    for column in try ParquetTable(parsing: data).columns {
      switch (column.name, column.content) {
      case ("id", .texts(let ids)): found.ids = ids
      case ("value", .numbers(let values)): found.values = values
      case ("fs", .numbers(let rates)): found.rates = rates
      default: continue
      }
    }
    return found
  }

  private static func csv(_ data: Data) throws(PageError) -> Columns {
    let table = try TextTable(data)
    guard table.has("id"), table.has("value") else { return (nil, nil, nil) }
    return (
      table.rows.map { table.text("id", $0) },
      table.rows.map { table.text("value", $0).flatMap(Double.init) },
      table.has("fs") ? table.rows.map { table.text("fs", $0).flatMap(Double.init) } : nil
    )
  }

  static func error(_ message: String) -> PageError {
    PageError(
      .invalidRecord, message,
      remedy: "The competition's files have the columns id and value; the solution fs as well.")
  }
}
