extension PageGeometry {
  /// The photo points of a whole page row, pixel by pixel: the same as ``photoPoint(_:)``, fast.
  ///
  /// - Parameters:
  ///   - row: the page row in pixels.
  ///   - x: receives the photo columns of page pixels 0, 1, 2 ….
  ///   - y: receives the photo rows.
  public func photoPoints(ofPageRow row: Double, x: inout [Float], y: inout [Float]) {
    switch map {
    case .homography(let photoFromPage):
      for k in x.indices {
        let point = photoFromPage(Point(x: Double(k), y: row))
        x[k] = Float(point.x)
        y[k] = Float(point.y)
      }
    case .lattice(let lattice, let origin):
      let cellX = pixelsPerMillimeterX * lattice.spacingMillimeters
      let cellY = pixelsPerMillimeterY * lattice.spacingMillimeters
      let splines = lattice.splines(v: (row - origin.y) / cellY)
      var k = 0
      while k < x.count {
        let u = (Double(k) - origin.x) / cellX
        let cell = min(max(Int(u.rounded(.down)), 0), lattice.columns - 2)
        // The pixels up to the next node share one polynomial; beyond the border a straight line.
        let end = origin.x + Double(cell + 1) * cellX
        var stop = min(x.count, max(k + 1, Int(end.rounded(.up))))
        let polynomial: PageLattice.Spline
        if u < 0 {
          polynomial = splines[0].tangent(at: 0)
          stop = min(x.count, max(k + 1, Int(origin.x.rounded(.up))))
        } else if u > Double(lattice.columns - 1) {
          polynomial = splines[lattice.columns - 2].tangent(at: 1)
          stop = x.count
        } else {
          polynomial = splines[cell]
        }
        for pixel in k..<stop {
          let t = (Double(pixel) - origin.x) / cellX - Double(cell)
          x[pixel] = Float(polynomial.x(t))
          y[pixel] = Float(polynomial.y(t))
        }
        k = stop
      }
    }
  }

  /// Photo pixels per page pixel in the middle of the page.
  public var photoPixelsPerPagePixel: Double {
    let (cx, cy) = (Double(pageSize.width) / 2, Double(pageSize.height) / 2)
    let here = photoPoint(Point(x: cx, y: cy))
    let right = photoPoint(Point(x: cx + 1, y: cy))
    let below = photoPoint(Point(x: cx, y: cy + 1))
    let area =
      (right.x - here.x) * (below.y - here.y) - (right.y - here.y) * (below.x - here.x)
    return abs(area).squareRoot()
  }
}

extension PageLattice {
  /// A cubic curve in the photo over one cell: t = 0 at its left node, 1 at its right.
  struct Spline {
    var ax: Double
    var bx: Double
    var cx: Double
    var dx: Double
    var ay: Double
    var by: Double
    var cy: Double
    var dy: Double

    @inline(__always)
    func x(_ t: Double) -> Double { ((dx * t + cx) * t + bx) * t + ax }

    @inline(__always)
    func y(_ t: Double) -> Double { ((dy * t + cy) * t + by) * t + ay }

    /// The straight line that touches the curve at `t`.
    func tangent(at t: Double) -> Spline {
      let slopeX = bx + 2 * cx * t + 3 * dx * t * t
      let slopeY = by + 2 * cy * t + 3 * dy * t * t
      return Spline(
        ax: x(t) - slopeX * t, bx: slopeX, cx: 0, dx: 0, ay: y(t) - slopeY * t, by: slopeY, cy: 0,
        dy: 0)
    }
  }

  /// The curves of the line at lattice row `v`, one per cell.
  func splines(v: Double) -> [Spline] {
    let places = (0..<columns).map { photoPoint(u: Double($0), v: v) }
    return (0..<(columns - 1)).map { cell in
      let (p1, p2) = (places[cell], places[cell + 1])
      let p0 = cell > 0 ? places[cell - 1] : p1 * 2 - p2
      let p3 = cell + 2 < columns ? places[cell + 2] : p2 * 2 - p1
      return Spline(
        ax: p1.x, bx: 0.5 * (p2.x - p0.x), cx: p0.x - 2.5 * p1.x + 2 * p2.x - 0.5 * p3.x,
        dx: 0.5 * (p3.x - p0.x) + 1.5 * (p1.x - p2.x),
        ay: p1.y, by: 0.5 * (p2.y - p0.y), cy: p0.y - 2.5 * p1.y + 2 * p2.y - 0.5 * p3.y,
        dy: 0.5 * (p3.y - p0.y) + 1.5 * (p1.y - p2.y))
    }
  }
}
