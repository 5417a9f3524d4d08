/// A strip of a flat page's ink around the zero line of one row, and where that row's curve runs.
package struct CurvePatch: Sendable {
  /// Columns and rows, in pixels of ``CurvePatchGenerator/pixelsPerMillimeter``.
  package var width: Int
  package var height: Int
  /// 0 paper … 1 ink, row by row, as the stage Classify leaves it: rests of the grid, names,
  /// bars and other rows included.
  package var ink: [Float]
  /// The row of the middle trace's curve at the middle of each column; `nil` where the row has
  /// no trace.
  package var curve: [Double?]
  /// The column where leads change; beyond the patch if they do not.
  package var border: Double
  /// How much of each pixel's ink is the middle trace's stroke, 0…1, row by row.
  package var own: [Float]
}
