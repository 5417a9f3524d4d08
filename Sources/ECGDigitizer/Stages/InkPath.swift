/// The ink of one row, column by column: what the tracker decided belongs to it.
package struct InkPath: Sendable {
  /// The page pixel column of element 0 of the arrays below.
  package var firstColumn: Int
  /// The best path's row per column, in page pixels.
  package var rows: [Float]
  /// The top and bottom page pixel row of the ink that belongs to the row in each column;
  /// `nil` where the column holds none.
  package var spans: [ClosedRange<Int>?]
  /// Posterior standard deviation of ``rows`` in page pixels, from forward–backward.
  package var spreads: [Float]

  package init(
    firstColumn: Int, rows: [Float], spans: [ClosedRange<Int>?], spreads: [Float]
  ) {
    self.firstColumn = firstColumn
    self.rows = rows
    self.spans = spans
    self.spreads = spreads
  }

  /// Counts the ink of page rows `more` in some columns as the row's own.
  package mutating func take(_ more: ClosedRange<Int>, in columns: ClosedRange<Int>) {
    for x in Range(columns).clamped(to: self.columns) {
      guard let span = spans[x - firstColumn] else { continue }
      spans[x - firstColumn] =
        min(span.lowerBound, more.lowerBound)...max(span.upperBound, more.upperBound)
    }
  }

  /// The path with empty columns before and behind it, so that it covers `columns`, too.
  package func extended(to more: Range<Int>) -> InkPath {
    let (before, behind) = (
      max(0, firstColumn - more.lowerBound), max(0, more.upperBound - columns.upperBound)
    )
    guard let first = rows.first, let last = rows.last, before + behind > 0 else { return self }
    func padded<Value>(_ values: [Value], _ left: Value, _ right: Value) -> [Value] {
      Array(repeating: left, count: before) + values + Array(repeating: right, count: behind)
    }
    return InkPath(
      firstColumn: firstColumn - before, rows: padded(rows, first, last),
      spans: padded(spans, nil, nil),
      spreads: padded(spreads, spreads.first ?? 0, spreads.last ?? 0))
  }

  /// The columns of the page that the path covers.
  package var columns: Range<Int> { firstColumn..<(firstColumn + rows.count) }
}
