package import ECGCore
package import ECGImaging

/// Makes the page flat by its printed grid.
package struct GridRectifier: Rectifying {
  /// Creates the stage.
  package init() {}

  package func rectify(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    guard let found = ClassicalLattice().find(in: photo) else {
      findings.append(
        Finding(.noGrid, "No printed grid was found; the picture was taken as flat paper."))
      return try DeclaredScale().rectify(photo, options: options, findings: &findings)
    }
    if !found.isScaleSure {
      findings.append(
        Finding(
          .uncertainGridScale,
          "The grid shows one kind of line only; whether its lines are 5 mm or 1 mm apart was "
            + "decided by the size of the page."))
    }
    let precise = PreciseLattice().refine(found, in: photo)
    let geometry = PageGeometry(precise.lattice, photoPixelsPerCell: found.photoPixelsPerCell)
    return RectifiedPage(
      page: PageResampler().page(of: photo, through: geometry), geometry: geometry,
      scaleEvidence: .grid, geometryErrorPixels: 0.2)
  }
}

extension PageGeometry {
  /// The page that shows all of a lattice, at 8 to 12 px/mm, at the photo's own scale if it lies
  /// between: finer gains nothing, coarser loses the stroke's edges.
  init(_ lattice: GrownLattice, photoPixelsPerCell: Double) {
    let s = min(max(photoPixelsPerCell / 5, 8), 12)
    self.init(
      map: .lattice(
        PageLattice(
          columns: lattice.columns, rows: lattice.rows, spacingMillimeters: 5,
          nodes: lattice.places),
        origin: Point(x: 0, y: 0)),
      pageSize: PixelSize(
        width: Int(Double(lattice.columns - 1) * 5 * s) + 1,
        height: Int(Double(lattice.rows - 1) * 5 * s) + 1),
      pixelsPerMillimeterX: s, pixelsPerMillimeterY: s)
  }
}
