import ECGCore

/// Where the upright lines of the printed grid lie on the flat page.
package struct GridColumns: Equatable, Sendable {
  /// The page column of one of them.
  package var originX: Double
  /// From one to the next, in page pixels.
  package var pitch: Double
  /// The pixel of the program that drew the page, in page pixels; `nil` if it does not show, or
  /// on paper, which is rougher than the difference between programs.
  package var printPixel: Double?

  /// Whether the lines show that a program drew them on whole pixels, however large those were.
  package var areOnPixels: Bool

  package init(
    originX: Double, pitch: Double, printPixel: Double? = nil, areOnPixels: Bool = true
  ) {
    (self.originX, self.pitch, self.printPixel) = (originX, pitch, printPixel)
    self.areOnPixels = areOnPixels
  }

  /// Those of a page whose grid was measured; `nil` for a page without.
  package init?(_ page: RectifiedPage) {
    guard page.scaleEvidence == .grid, case .lattice(let lattice, let origin) = page.geometry.map
    else { return nil }
    self.init(
      originX: origin.x,
      pitch: lattice.spacingMillimeters * page.geometry.pixelsPerMillimeterX,
      printPixel: page.geometry.gridQuality.flatMap { quality in
        guard quality.residualMillimeters < 0.004 else { return nil }
        return quality.printPixelMillimeters.map { $0 * page.geometry.pixelsPerMillimeterX }
      }, areOnPixels: page.geometry.gridQuality?.printPixelMillimeters != nil)
  }

  /// The page column of the line nearest to `x`.
  package func line(nearest x: Double) -> Double {
    originX + ((x - originX) / pitch).rounded() * pitch
  }
}
