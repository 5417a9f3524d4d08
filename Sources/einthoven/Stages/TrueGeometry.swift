import ECGCore
import ECGDigitizer
import ECGImaging

/// Rectify with the answer handed in: what is left is the work of the later stages.
struct TrueGeometry: Rectifying {
  let geometry: PageGeometry

  func rectify(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    RectifiedPage(
      page: PageResampler().page(of: photo, through: geometry), geometry: geometry,
      scaleEvidence: .declared, geometryErrorPixels: 0)
  }
}
