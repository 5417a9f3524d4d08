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
/// > Source: our own measurements (`Docs/Algorithms/Lattice.md`).
struct DrawnGrid {
  let parameters: RectifyParameters.Drawing

  /// A lattice without bends.
  struct Straight {
    var lattice: GrownLattice
    /// From one column of crossings to the next, and from one row to the next, in pixels of the
    /// picture; `nil` where the grid is tilted.
    var upright: (columnPitch: Double, rowPitch: Double)?
  }

  /// `lattice` with its crossings where the map has them; `nil` where the paper is no drawing.
  func straightened(_ lattice: GrownLattice) -> Straight? {
    let margin = parameters.margin
    let inner = lattice.places.indices.filter { index in
      let (u, v) = (index % lattice.columns, index / lattice.columns)
      return u >= margin && v >= margin && u < lattice.columns - margin
        && v < lattice.rows - margin
    }
    guard inner.count >= 60,
      var x = coefficients(lattice, inner, \.x), var y = coefficients(lattice, inner, \.y)
    else { return nil }
    // Basis functions run over the whole page once.
    let isUpright = abs(x[2]) < parameters.mostTilt && abs(y[1]) < parameters.mostTilt
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
      var equations = NormalEquations(count: 3)
      for k in inner.indices where weights[k] > 0 {
        let place = places[k]
        equations.add([place.x, place.y, place.z], values[k], weight: weights[k])
      }
      guard let found = equations.solution else { return nil }
      plane = SIMD3(found)
      for k in inner.indices {
        misses[k] = abs(values[k] - (plane * places[k]).sum())
        let r = misses[k] / parameters.far
        weights[k] = r < 1 ? (1 - r * r) * (1 - r * r) : 0
      }
    }
    let spread = 1.4826 * misses.selectMedian()
    let isFar = misses.count { $0 > parameters.far }
    return spread < parameters.mostSpread
      && Double(isFar) < parameters.mostFar * Double(misses.count) ? plane : nil
  }

  /// One, column and row, from the lattice's middle: what a plane is made of.
  private func place(_ index: Int, in lattice: GrownLattice) -> SIMD3<Double> {
    SIMD3(
      1, Double(index % lattice.columns) / Double(lattice.columns) - 0.5,
      Double(index / lattice.columns) / Double(lattice.rows) - 0.5)
  }
}
