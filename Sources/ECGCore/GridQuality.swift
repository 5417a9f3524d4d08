/// How well a page's lattice fits its printed grid.
public struct GridQuality: Hashable, Codable, Sendable {
  /// Crossings that were found, without those filled in.
  public var crossings: Int
  /// Mean length of the phase at the crossings, 0…1.
  public var meanPhase: Double
  /// The part of the page's crossings that was found; the rest was filled in.
  public var coverage: Double
  /// The part of the places on the lines that could be measured.
  public var measuredShare: Double
  /// Robust spread of the measured line centres about the lattice, in mm.
  public var residualMillimeters: Double
  /// The pixel of the program that drew the page, in mm, where its lines show that they were put
  /// on whole ones.
  public var printPixelMillimeters: Double?

  /// Creates figures of a lattice.
  public init(
    crossings: Int, meanPhase: Double, coverage: Double, measuredShare: Double,
    residualMillimeters: Double, printPixelMillimeters: Double? = nil
  ) {
    self.crossings = crossings
    self.meanPhase = meanPhase
    self.coverage = coverage
    self.measuredShare = measuredShare
    self.residualMillimeters = residualMillimeters
    self.printPixelMillimeters = printPixelMillimeters
  }
}
