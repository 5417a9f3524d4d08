import ECGCore

/// One printed row: a line of ink that runs along time, with one or more leads side by side.
package struct PrintedRow: Sendable {
  /// The typical level of the ink (about the zero line), in page pixel rows.
  package var baselineY: Double
  /// The page pixel columns between which the row's ink was seen, a pulse included.
  package var extent: ClosedRange<Int>
  /// The part of the extent's columns that hold ink of this row, 0…1.
  package var coverage: Double

  /// The mean ink along the row, 0…1.
  package var darkness: Double

  package init(
    baselineY: Double, extent: ClosedRange<Int>, coverage: Double, darkness: Double
  ) {
    self.baselineY = baselineY
    self.extent = extent
    self.coverage = coverage
    self.darkness = darkness
  }

  /// How much ink the row has, for comparing rows of one page.
  package var strength: Double { coverage * darkness }
}
