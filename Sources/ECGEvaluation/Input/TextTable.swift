import ECGCore
import ECGFormats
import Foundation

/// A small table of texts: manifests and lists.
struct TextTable {
  private let columns: [String: Int]
  let rows: [[String]]

  /// Reads comma-separated text with a header.
  ///
  /// - Throws: `PageError.invalidRecord` if it is empty.
  init(_ data: Data) throws(PageError) {
    var reader = DelimitedReader(data)
    guard let header = reader.textRow() else { throw SignalTable.invalid("The table is empty.") }
    var columns: [String: Int] = [:]
    for (k, name) in header.enumerated() {
      columns[name.trimmingCharacters(in: .whitespaces).lowercased()] = k
    }
    self.columns = columns
    var rows: [[String]] = []
    while let row = reader.textRow() { rows.append(row) }
    self.rows = rows
  }

  func has(_ column: String) -> Bool { columns[column] != nil }

  /// The field of `row` in `column`; `nil` if it is missing or empty.
  func text(_ column: String, _ row: [String]) -> String? {
    guard let k = columns[column], row.indices.contains(k) else { return nil }
    let text = row[k].trimmingCharacters(in: .whitespaces)
    return text.isEmpty || text == "?" ? nil : text
  }
}
