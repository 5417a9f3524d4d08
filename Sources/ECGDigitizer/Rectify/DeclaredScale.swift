package import ECGCore
package import ECGImaging

/// The page taken as it lies, with a declared scale: for pages without a visible grid.
package struct DeclaredScale: Rectifying {
  package init() {}

  package func rectify(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    let declared = options.photoPixelsPerMillimeter
    let s = declared ?? Double(photo.width) / 280
    let geometry = PageGeometry(
      map: .homography(.identity), pageSize: photo.size, pixelsPerMillimeterX: s,
      pixelsPerMillimeterY: s, errorMillimeters: 0.5 / s)
    return RectifiedPage(
      page: Raster(width: photo.width, height: photo.height, bytes: photo.bytes),
      geometry: geometry, scaleEvidence: declared == nil ? .assumed : .declared,
      geometryErrorPixels: 0.5 / s * s)
  }
}
