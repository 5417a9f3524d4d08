/// How well a lattice fits the printed grid.
package struct GridQuality: Hashable, Sendable {
  /// Crossings that were found, without those filled in.
  package var crossings: Int
  /// Mean length of the phase at the crossings, 0…1.
  package var meanPhase: Double
  /// The part of the page's crossings that was found, the rest was filled in.
  package var coverage: Double
  /// The part of the places on the lines that could be measured.
  package var measuredShare: Double
  /// Robust spread of the measured line centres about the lattice, in mm.
  package var residualMillimeters: Double

  /// Whether there is a printed grid at all. Of the real pages known, none has less than a
  /// third of this; text and wood have far less.
  var isCredible: Bool {
    crossings >= 60 && measuredShare >= 0.10 && residualMillimeters <= 0.06
  }

  /// Whether the grid is so faint or broken that a person should look.
  var isWeak: Bool {
    crossings < 200 || coverage < 0.5 || measuredShare < 0.2 || residualMillimeters > 0.035
  }
}
