import ECGCore

extension LayoutFit {
  /// The heights of all rows of names, rhythm strips included.
  package var rowNames: RowNames {
    RowNames(
      millimeters: rowYMillimeters + rhythm.map(\.yMillimeters),
      weights: rowYMillimeters.map { _ in 1 } + rhythm.map { min(1, 0.4 + 0.6 * $0.score) },
      pitchMillimeters: rowPitchMillimeters)
  }
}

extension NameReading {
  /// Where its names say that rows are; `nil` where they are not believed.
  package var rowNames: RowNames? { layout == nil ? nil : fit?.rowNames }
}
