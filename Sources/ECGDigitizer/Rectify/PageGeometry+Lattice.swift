import ECGCore

extension PageGeometry {
  /// The page that shows all of a lattice, at the photo's own scale as far as the usual ones
  /// reach.
  init(
    _ lattice: GrownLattice, photoPixelsPerCell: Double, _ parameters: RectifyParameters.Page
  ) {
    let scales = parameters.scales
    let s = min(max(photoPixelsPerCell / 5, scales.lowerBound), scales.upperBound)
    self.init(lattice, pixelsPerMillimeterX: s, pixelsPerMillimeterY: s)
  }

  /// The page whose pixels are the picture's own: a drawn page is read as it was drawn.
  ///
  /// Its strokes are sharp, and resampling them would move each edge by up to a tenth of a pixel,
  /// column by column the same in all rows.
  ///
  /// - Returns: `nil` where the grid is tilted or the picture too coarse or too fine.
  ///
  /// > Source: our own measurements (`Docs/Algorithms/Lattice.md`).
  init?(drawn grid: DrawnGrid.Straight, _ parameters: RectifyParameters.Page) {
    guard let (column, row) = grid.upright else { return nil }
    let (sx, sy) = (column / 5, row / 5)
    guard parameters.ownScales.contains(sx), parameters.ownScales.contains(sy),
      abs(sx / sy - 1) < parameters.mostUneven, let first = grid.lattice.places.first
    else { return nil }
    self.init(
      grid.lattice, pixelsPerMillimeterX: sx, pixelsPerMillimeterY: sy,
      origin: Point(x: first.x - first.x.rounded(.down), y: first.y - first.y.rounded(.down)))
  }

  private init(
    _ lattice: GrownLattice, pixelsPerMillimeterX sx: Double, pixelsPerMillimeterY sy: Double,
    origin: Point<PageSpace> = Point(x: 0, y: 0)
  ) {
    self.init(
      map: .lattice(
        PageLattice(
          columns: lattice.columns, rows: lattice.rows, spacingMillimeters: 5,
          // As it is written down: who takes it from there gets the same page.
          nodes: lattice.places.map {
            Point(x: ($0.x * 100).rounded() / 100, y: ($0.y * 100).rounded() / 100)
          }),
        origin: origin),
      pageSize: PixelSize(
        width: Int(Double(lattice.columns - 1) * 5 * sx + origin.x) + 1,
        height: Int(Double(lattice.rows - 1) * 5 * sy + origin.y) + 1),
      pixelsPerMillimeterX: sx, pixelsPerMillimeterY: sy)
  }
}
