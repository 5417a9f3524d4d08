import ECGCore
import ECGNumerics

/// A grid that was drawn on the picture's own pixels: a screenshot, an exported image, a page of
/// a PDF.
///
/// No paper was ever bent there, and one affine map explains all crossings to a small part of a
/// pixel. What single lines leave is how their places were rounded, and how the trace beside them
/// disturbed the measurement: a lattice that follows it bends time by a tenth of a pixel. A
/// scanner's feed and a camera's lens leave several times as much.
///
/// > Source: our own measurements: on 37 pages of two generators crossings lie 0.03 pixels (x) and
/// > 0.04 pixels (y) about the map, on 19 scans 0.16 to 0.8.
struct DrawnGrid {
  /// The most that crossings of a drawn grid spread about the map, in pixels of the picture.
  var mostSpread = 0.075
  /// Places further off are the measurement's, and those may be this part of all.
  var far = 0.3
  var mostFar = 0.1
  /// The outermost crossings, where a lattice goes on beyond its grid.
  var margin = 2

  /// What tilts less than this over the whole page is upright, in pixels of the picture.
  var mostTilt = 0.15

  /// A lattice without bends.
  struct Straight {
    var lattice: GrownLattice
    /// From one column of crossings to the next, and from one row to the next, in pixels of the
    /// picture; `nil` where the grid is tilted.
    var upright: (columnPitch: Double, rowPitch: Double)?
  }

  /// `lattice` with its crossings where the map has them; `nil` where the paper is no drawing.
  func straightened(_ lattice: GrownLattice) -> Straight? {
    let inner = lattice.places.indices.filter { index in
      let (u, v) = (index % lattice.columns, index / lattice.columns)
      return u >= margin && v >= margin && u < lattice.columns - margin
        && v < lattice.rows - margin
    }
    guard inner.count >= 60,
      var x = coefficients(lattice, inner, \.x), var y = coefficients(lattice, inner, \.y)
    else { return nil }
    // Basis functions run over the whole page once.
    let isUpright = abs(x[2]) < mostTilt && abs(y[1]) < mostTilt
    if isUpright { (x[2], y[1]) = (0, 0) }
    var out = lattice
    for index in lattice.places.indices {
      let place = place(index, in: lattice)
      out.places[index] = Point(x: (x * place).sum(), y: (y * place).sum())
    }
    return Straight(
      lattice: out,
      upright: isUpright
        ? (x[1] / Double(lattice.columns), y[2] / Double(lattice.rows)) : nil)
  }

  /// The plane through one coordinate of the places; `nil` where they do not lie in one.
  private func coefficients(
    _ lattice: GrownLattice, _ inner: [Int], _ coordinate: KeyPath<Point<PhotoSpace>, Double>
  ) -> SIMD3<Double>? {
    let values = inner.map { lattice.places[$0][keyPath: coordinate] }
    let places = inner.map { place($0, in: lattice) }
    var weights = [Double](repeating: 1, count: inner.count)
    var misses = weights
    var plane = SIMD3<Double>()
    for _ in 0..<6 {
      var a = [Double](repeating: 0, count: 9)
      var b = [0.0, 0, 0]
      for k in inner.indices {
        for i in 0..<3 {
          b[i] += weights[k] * places[k][i] * values[k]
          for j in 0..<3 { a[3 * i + j] += weights[k] * places[k][i] * places[k][j] }
        }
      }
      guard let found = solveDense(a, b) else { return nil }
      plane = SIMD3(found)
      for k in inner.indices {
        misses[k] = abs(values[k] - (plane * places[k]).sum())
        let r = misses[k] / far
        weights[k] = r < 1 ? (1 - r * r) * (1 - r * r) : 0
      }
    }
    let spread = 1.4826 * misses.selectMedian()
    let isFar = misses.count { $0 > far }
    return spread < mostSpread && Double(isFar) < mostFar * Double(misses.count) ? plane : nil
  }

  /// One, column and row, from the lattice's middle: what a plane is made of.
  private func place(_ index: Int, in lattice: GrownLattice) -> SIMD3<Double> {
    SIMD3(
      1, Double(index % lattice.columns) / Double(lattice.columns) - 0.5,
      Double(index / lattice.columns) / Double(lattice.rows) - 0.5)
  }
}
