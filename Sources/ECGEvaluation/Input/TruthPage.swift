package import ECGCore
public import Foundation

/// One page of a set with known signals.
public struct TruthPage: Sendable, Hashable {
  /// The page's name; predictions carry the same.
  public var id: String
  /// The file of its signals.
  public var file: URL
  /// The exact rate in Hz where the file's times are rounded or missing.
  public var samplingFrequency: Double?
  /// The set and the group within it; "" if none.
  public var set = ""
  /// The group within the set; "" if it has none.
  public var group = ""
  /// The page's picture; `nil` if unknown.
  public var image: URL?
  /// The printed layout, such as `3x4+1R`; `nil` if unknown.
  public var layout: String?
  /// Whose page it is, to find patients in two splits; `nil` if unknown.
  public var patient: String?
  /// Whether the printed amplitude means millivolts; if not, a common factor is taken out.
  public var isAmplitudeMeant = true
  /// Columns of ink per second on the page, for its ceiling; `nil` if unknown.
  public var columnsPerSecond: Double?
}

extension TruthPage {
  /// Set and name: what tells the page from all others.
  public var key: String { self.set.isEmpty ? id : "\(set)/\(id)" }

  /// The signals.
  package func signals() throws(PageError) -> TruthSignals {
    let table = try SignalTable(file: file, samplingFrequency: samplingFrequency)
    if let doubt = table.doubtfulUnits {
      throw PageError(
        .invalidRecord, "The truth is not in millivolts: \(doubt)",
        remedy: "Divide its values by 1000.")
    }
    return try TruthSignals(table, samplingFrequency: samplingFrequency)
  }

  /// Whether `name` is the printed layout in another spelling; `nil` if that is unknown.
  func isLayout(_ name: String?) -> Bool? {
    guard let layout else { return nil }
    guard let name else { return false }
    return TruthPage.normalized(layout) == TruthPage.normalized(name)
  }

  /// Rows, columns and number of rhythm strips: `3x4+II` and `3x4+1R` are one layout.
  private static func normalized(_ layout: String) -> String {
    let parts = layout.lowercased().filter { $0 != " " }.split(separator: "+")
    let base = parts.first.map(String.init) ?? ""
    var strips = 0
    for part in parts.dropFirst() {
      if part.hasSuffix("r"), let count = Int(part.dropLast()) {
        strips += count
      } else {
        strips += part.split(separator: ",").count
      }
    }
    return "\(base)+\(strips)"
  }
}
