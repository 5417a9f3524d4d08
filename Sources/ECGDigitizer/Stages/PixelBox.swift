/// A rectangle of page pixels.
package struct PixelBox: Hashable, Sendable {
  package var columns: ClosedRange<Int>
  package var rows: ClosedRange<Int>

  package init(columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
    self.columns = columns
    self.rows = rows
  }

  /// Whether the box holds the pixel.
  package func contains(x: Int, y: Int) -> Bool { columns.contains(x) && rows.contains(y) }
}
