import ECGCore

/// Paper that lies flat: one projective map explains nearly all crossings of its lattice.
///
/// Where a trace runs along a grid line, the walk from crossing to crossing may slip onto the
/// trace. On flat paper such crossings stand out, and are put back where the map has them. On
/// curled or crumpled paper the map explains too little, and nothing is changed.
///
/// > Source: least squares reweighted by Tukey's biweight, doi:10.1080/03610927708827533;
/// > the linear form of a homography as in Hartley & Zisserman, §4.1.
struct FlatPaper {
  /// Half the crossings lie closer to the map than this, in cells.
  var medianLimit = 0.035
  /// Crossings further away than this are put back, in cells.
  var slip = 0.12

  /// `lattice` with its slipped crossings put back; unchanged if the paper is not flat.
  func mended(_ lattice: GrownLattice) -> GrownLattice {
    let found = lattice.quality.indices.filter { lattice.quality[$0] > 0 }
    guard found.count >= 60 else { return lattice }
    let cell = lattice.medianCell
    var weights = [Double](repeating: 1, count: found.count)
    var map: [Double]?
    var distances = weights
    for _ in 0..<8 {
      guard let fit = FlatPaper.homography(lattice, found, weights) else { return lattice }
      map = fit
      for (k, index) in found.enumerated() {
        distances[k] =
          FlatPaper.place(fit, lattice, index).distance(to: lattice.places[index]) / cell
      }
      let scale = max(3 * distances.sorted()[distances.count / 2], 0.02)
      for k in weights.indices {
        let r = distances[k] / (2 * scale)
        weights[k] = r < 1 ? (1 - r * r) * (1 - r * r) : 0
      }
    }
    let sorted = distances.sorted()
    guard let map, sorted[sorted.count / 2] < medianLimit,
      sorted[sorted.count * 7 / 10] < 2 * medianLimit
    else { return lattice }
    var out = lattice
    for index in lattice.places.indices {
      let place = FlatPaper.place(map, lattice, index)
      if place.distance(to: lattice.places[index]) > slip * cell { out.places[index] = place }
    }
    return out
  }

  private static func place(
    _ h: [Double], _ lattice: GrownLattice, _ index: Int
  ) -> Point<PhotoSpace> {
    let (u, v) = (Double(index % lattice.columns), Double(index / lattice.columns))
    let w = h[6] * u + h[7] * v + 1
    return Point(
      x: (h[0] * u + h[1] * v + h[2]) / w, y: (h[3] * u + h[4] * v + h[5]) / w)
  }

  /// The eight coefficients of the map from (column, row) to the photo.
  private static func homography(
    _ lattice: GrownLattice, _ found: [Int], _ weights: [Double]
  ) -> [Double]? {
    var a = [Double](repeating: 0, count: 64)
    var b = [Double](repeating: 0, count: 8)
    func add(_ row: [Double], _ right: Double, _ weight: Double) {
      for i in 0..<8 where row[i] != 0 {
        b[i] += weight * row[i] * right
        for j in 0..<8 { a[8 * i + j] += weight * row[i] * row[j] }
      }
    }
    for (k, index) in found.enumerated() where weights[k] > 0 {
      let (u, v) = (Double(index % lattice.columns), Double(index / lattice.columns))
      let p = lattice.places[index]
      add([u, v, 1, 0, 0, 0, -u * p.x, -v * p.x], p.x, weights[k])
      add([0, 0, 0, u, v, 1, -u * p.y, -v * p.y], p.y, weights[k])
    }
    return solved(a, b)
  }

  /// Gauss–Jordan elimination with pivots; `nil` if the system is singular.
  private static func solved(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (a, b) = (matrix, right)
    let n = b.count
    for i in 0..<n {
      let pivot = (i..<n).max { abs(a[n * $0 + i]) < abs(a[n * $1 + i]) } ?? i
      guard abs(a[n * pivot + i]) > 1e-12 else { return nil }
      if pivot != i {
        for j in 0..<n { a.swapAt(n * i + j, n * pivot + j) }
        b.swapAt(i, pivot)
      }
      for r in 0..<n where r != i {
        let factor = a[n * r + i] / a[n * i + i]
        if factor == 0 { continue }
        for j in i..<n { a[n * r + j] -= factor * a[n * i + j] }
        b[r] -= factor * b[i]
      }
    }
    return (0..<n).map { b[$0] / a[n * $0 + $0] }
  }
}
