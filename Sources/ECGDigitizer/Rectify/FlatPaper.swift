import ECGCore
import ECGNumerics

/// Paper that lies flat: one projective map explains nearly all crossings of its lattice.
///
/// Where a trace runs along a grid line, the walk from crossing to crossing may slip onto the
/// trace. On flat paper such crossings stand out, and are put back where the map has them. On
/// curled or crumpled paper the map explains too little, and nothing is changed.
///
/// > Source: least squares reweighted by Tukey's biweight, doi:10.1080/03610927708827533;
/// > the linear form of a homography as in Hartley & Zisserman, §4.1.
struct FlatPaper {
  let parameters: RectifyParameters.FlatPaper

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
      let scale = max(3 * (distances.median() ?? 0), parameters.leastScale)
      for k in weights.indices {
        let r = distances[k] / (2 * scale)
        weights[k] = r < 1 ? (1 - r * r) * (1 - r * r) : 0
      }
    }
    let sorted = distances.sorted()
    guard let map, let middle = sorted.middle, middle < parameters.medianLimit,
      sorted[sorted.count * 7 / 10] < 2 * parameters.medianLimit
    else { return lattice }
    var out = lattice
    for index in lattice.places.indices {
      let place = FlatPaper.place(map, lattice, index)
      if place.distance(to: lattice.places[index]) > parameters.slip * cell {
        out.places[index] = place
      }
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
    var equations = NormalEquations(count: 8)
    for (k, index) in found.enumerated() where weights[k] > 0 {
      let (u, v) = (Double(index % lattice.columns), Double(index / lattice.columns))
      let p = lattice.places[index]
      equations.add([u, v, 1, 0, 0, 0, -u * p.x, -v * p.x], p.x, weight: weights[k])
      equations.add([0, 0, 0, u, v, 1, -u * p.y, -v * p.y], p.y, weight: weights[k])
    }
    return equations.solution
  }
}
