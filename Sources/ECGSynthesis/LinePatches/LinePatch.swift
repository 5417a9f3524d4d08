package import ECGCore
package import ECGImaging

/// A drawn strip along a printed line, as the network that reads letters sees it.
///
/// Conventions: places are pixels of the strip from its top left corner, so that pixel 0 covers
/// 0…1. A strip without a line has no letters.
package struct LinePatch: Sendable {
  /// A letter of the line.
  package struct Letter: Sendable {
    package var letter: PrintedLetter
    package var x: Double
    package var y: Double
    package var width: Double
  }

  package var raster: Raster<PageSpace>
  package var letters: [Letter]
}
