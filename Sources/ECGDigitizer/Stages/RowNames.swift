/// At which heights the names of rows are printed, for finding the rows beside them.
package struct RowNames: Hashable, Sendable {
  /// The heights from top to bottom, in mm of the page.
  package var millimeters: [Double]
  /// How sure each is, at most 1: a strip's name has no neighbours that vouch for it.
  package var weights: [Double]
  /// The mean distance between rows, in mm; `nil` for a single row.
  package var pitchMillimeters: Double?

  package init(millimeters: [Double], weights: [Double], pitchMillimeters: Double?) {
    self.millimeters = millimeters
    self.weights = weights
    self.pitchMillimeters = pitchMillimeters
  }
}
