import ECGCore

extension PageGeometry {
  /// The page that shows all of a lattice, at 8 to 10 px/mm, at the photo's own scale if it lies
  /// between: finer gains nothing, coarser loses the stroke's edges.
  init(_ lattice: GrownLattice, photoPixelsPerCell: Double) {
    let s = min(max(photoPixelsPerCell / 5, 8), 10)
    self.init(lattice, pixelsPerMillimeterX: s, pixelsPerMillimeterY: s)
  }

  /// The page whose pixels are the picture's own: a drawn page is read as it was drawn.
  ///
  /// Its strokes are sharp, and resampling them would move each edge by up to a tenth of a pixel,
  /// column by column the same in all rows.
  ///
  /// - Returns: `nil` where the grid is tilted or the picture too coarse or too fine.
  ///
  /// > Source: our own measurements: renders gain 2.7 dB
  /// > (`Docs/Algorithms/Lattice.md`).
  init?(drawn grid: DrawnGrid.Straight) {
    guard let (column, row) = grid.upright else { return nil }
    let (sx, sy) = (column / 5, row / 5)
    guard PageGeometry.ownScales.contains(sx), PageGeometry.ownScales.contains(sy),
      abs(sx / sy - 1) < PageGeometry.mostUneven, let first = grid.lattice.places.first
    else { return nil }
    self.init(
      grid.lattice, pixelsPerMillimeterX: sx, pixelsPerMillimeterY: sy,
      origin: Point(x: first.x - first.x.rounded(.down), y: first.y - first.y.rounded(.down)))
  }

  /// Pixels a millimetre at which a picture is read as it is: 180 to 320 dots per inch.
  private static let ownScales = 7.0...12.6
  /// How much a page's two scales may differ: stages before the voltages take one for both.
  private static let mostUneven = 0.06

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
