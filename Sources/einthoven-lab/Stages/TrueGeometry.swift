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

extension PageGeometry {
  /// The same flat paper with another number of page pixels per millimetre.
  ///
  /// - Returns: `nil` unless the paper is flat.
  func with(pixelsPerMillimeterX x: Double, pixelsPerMillimeterY y: Double) -> PageGeometry? {
    guard case .homography(let photoFromPage) = map else { return nil }
    let (u, v) = (pixelsPerMillimeterX / x, pixelsPerMillimeterY / y)
    var out = self
    let oldFromNew = Homography<PageSpace, PageSpace>([u, 0, 0, 0, v, 0, 0, 0, 1])
    out.map = .homography(oldFromNew.then(photoFromPage))
    out.pageSize = PixelSize(
      width: Int(Double(pageSize.width) / u), height: Int(Double(pageSize.height) / v))
    (out.pixelsPerMillimeterX, out.pixelsPerMillimeterY) = (x, y)
    return out
  }
}
