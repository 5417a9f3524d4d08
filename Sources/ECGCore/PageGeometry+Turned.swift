extension PageGeometry {
  /// The geometry of the page raster after it was mirrored (left and right swapped, first) and
  /// then turned clockwise by quarter turns.
  ///
  /// Conventions: a page of w × h pixels turned once is h × w, and its pixel (h − 1 − y, x) is
  /// the old pixel (x, y).
  public func turned(quarterTurns turns: Int, mirrored: Bool = false) -> PageGeometry {
    var out = mirrored ? swappedLeftAndRight : self
    let count = ((turns % 4) + 4) % 4
    for _ in 0..<count { out = out.turnedOnce }
    let before = mirrored ? -quarterTurns : quarterTurns
    out.quarterTurns = ((before + count) % 4 + 4) % 4
    out.isMirrored = isMirrored != mirrored
    return out
  }

  private var swappedLeftAndRight: PageGeometry {
    var out = self
    let last = Double(pageSize.width - 1)
    switch map {
    case .homography(let photoFromPage):
      let oldFromNew = Homography<PageSpace, PageSpace>([-1, 0, last, 0, 1, 0, 0, 0, 1])
      out.map = .homography(oldFromNew.then(photoFromPage))
    case .lattice(let lattice, let origin):
      var nodes: [Point<PhotoSpace>] = []
      for row in 0..<lattice.rows {
        let start = row * lattice.columns
        nodes += lattice.nodes[start..<(start + lattice.columns)].reversed()
      }
      let width =
        Double(lattice.columns - 1) * pixelsPerMillimeterX * lattice.spacingMillimeters
      out.map = .lattice(
        PageLattice(
          columns: lattice.columns, rows: lattice.rows,
          spacingMillimeters: lattice.spacingMillimeters, nodes: nodes),
        origin: Point(x: last - origin.x - width, y: origin.y))
    }
    return out
  }

  private var turnedOnce: PageGeometry {
    var out = self
    let last = Double(pageSize.height - 1)
    out.pageSize = PixelSize(width: pageSize.height, height: pageSize.width)
    out.pixelsPerMillimeterX = pixelsPerMillimeterY
    out.pixelsPerMillimeterY = pixelsPerMillimeterX
    switch map {
    case .homography(let photoFromPage):
      let oldFromNew = Homography<PageSpace, PageSpace>([0, 1, 0, -1, 0, last, 0, 0, 1])
      out.map = .homography(oldFromNew.then(photoFromPage))
    case .lattice(let lattice, let origin):
      var nodes: [Point<PhotoSpace>] = []
      for column in 0..<lattice.columns {
        for row in (0..<lattice.rows).reversed() {
          nodes.append(lattice.nodes[row * lattice.columns + column])
        }
      }
      let height = Double(lattice.rows - 1) * pixelsPerMillimeterY * lattice.spacingMillimeters
      out.map = .lattice(
        PageLattice(
          columns: lattice.rows, rows: lattice.columns,
          spacingMillimeters: lattice.spacingMillimeters, nodes: nodes),
        origin: Point(x: last - origin.y - height, y: origin.x))
    }
    return out
  }
}
