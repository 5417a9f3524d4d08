import ECGCore

/// Where the traces of one row begin, end, and are parted by bars: page columns.
struct RowReach: Sendable {
  var startX: Double
  var endX: Double
  /// Where bars stand between two traces or close the row: no curve runs through there.
  var breaks: [Double]
  /// Whether a bar closes the row.
  var isClosed: Bool

  /// The reach of `row`; `nil` where it holds no trace.
  init?(of row: Int, in leads: LocatedLeads) {
    let own = leads.placements.filter { $0.row == row }
    guard let start = own.map(\.startX).min(), let end = own.map(\.endX).max() else { return nil }
    let borders = own.map(\.startX).filter { $0 > start } + [end]
    (startX, endX) = (start, end)
    breaks = leads.breaks.filter { x in borders.contains { abs($0 - x) < 1 } }
    isClosed = breaks.contains { abs($0 - end) < 1 }
  }

  /// The last `millimeters` of a row that a bar closes, in page columns; `nil` where none does.
  func closed(millimeters: Double, pixelsPerMillimeter s: Double) -> ClosedRange<Int>? {
    isClosed ? Int(endX - millimeters * s)...Int(endX) : nil
  }
}
