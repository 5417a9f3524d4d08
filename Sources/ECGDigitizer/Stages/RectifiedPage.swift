package import ECGCore
package import ECGImaging

/// The flat page: the result of the stage Rectify.
package struct RectifiedPage: Sendable {
  /// The page, resampled once from the full-resolution photo. Which of its eight
  /// positions is upright is not known yet.
  package var page: Raster<PageSpace>
  package var geometry: PageGeometry
  /// How the page's millimetre is known: the grid, declared, or assumed.
  package var scaleEvidence: Evidence
  /// Local error of the geometry in page pixels rms, for the traces' uncertainty.
  package var geometryErrorPixels: Double

  package init(
    page: Raster<PageSpace>, geometry: PageGeometry, scaleEvidence: Evidence,
    geometryErrorPixels: Double
  ) {
    self.page = page
    self.geometry = geometry
    self.scaleEvidence = scaleEvidence
    self.geometryErrorPixels = geometryErrorPixels
  }
}

extension RectifiedPage {
  /// The page mirrored and turned as `position` demands.
  package func put(_ position: PagePosition) -> RectifiedPage {
    var out = self
    let picture = position.isMirrored ? page.mirrored : page
    out.page = picture.turned(quarterTurns: position.quarterTurns)
    out.geometry = geometry.turned(
      quarterTurns: position.quarterTurns, mirrored: position.isMirrored)
    return out
  }
}

/// The stage Rectify: paper made flat, straight and of known scale.
package protocol Rectifying: Sendable {
  /// - Throws: `PageError.noECG` if there is no paper with a grid or traces.
  func rectify(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage
}
