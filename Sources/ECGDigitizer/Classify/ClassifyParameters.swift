/// What Classify goes by when it tells ink from paper and grid. Darkness is 0 … 1.
package struct ClassifyParameters: Codable, Hashable, Sendable {
  /// Edge of the blocks that paper is measured in, in mm and in pixels at least.
  package var paperBlockMillimeters = 1.0
  package var fewestBlockPixels = 4
  /// Blocks on each side that the paper's median and then its mean are taken over: more forgets
  /// darker print, and sharper shadows.
  package var paperMedianBlocks = 4
  package var paperMeanBlocks = 2
  /// Length of the stretches in which a grid line's level is measured, in mm: longer is steadier
  /// against flat traces, and slower to follow light.
  package var gridStretchMillimeters = 50.0
  /// Darkness that nine tenths of a stretch exceed on frames and ruled lines.
  package var ruledDarkness: Float = 0.25
  /// Beneath lines darker than this no ink can be seen.
  package var opaqueGrid: Float = 0.8
  /// The least light that is taken to come through a grid line: higher leaves ink on it paler.
  package var leastTransmission: Float = 0.35
  /// The share of a page that is not full ink, 0 … 1: ink covers some 0.5 to 4 %.
  package var fullInkShare = 0.997
  /// Ink paler than this is not made darker than in proportion to it.
  package var leastFullInk: Float = 0.15
  /// What ink is clipped to, 1 being full.
  package var inkRange: ClosedRange<Float> = -0.25...1.25
  /// The standard deviation of noise by its median size, and its least value.
  package var noisePerMedian: Float = 1.48
  package var leastNoise: Float = 0.01

  package init() {}
}
