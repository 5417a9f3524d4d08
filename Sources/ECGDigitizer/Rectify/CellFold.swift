import ECGCore
import ECGImaging

/// The grid signal of all cells laid over each other: the mean profile of a cell across each
/// family of lines.
///
/// Conventions: sample k of 40 lies k / 40 of a cell from a crossing; `u` runs to the right,
/// `v` down.
struct CellFold: Sendable {
  static let samples = 40
  /// Where along the lines profiles are taken, clear of the crossings.
  private static let along = [0.3, 0.5, 0.7]
  var u = [Float](repeating: 0, count: samples)
  var v = [Float](repeating: 0, count: samples)

  /// Folds `signal` over every second cell of `lattice`, whose places are pixels of the signal.
  init(_ signal: Plane<PhotoSpace>, over lattice: GrownLattice) {
    let (w, h) = (lattice.columns, lattice.rows)
    var cells: Float = 0
    for j in 0..<max(0, h - 1) {
      for i in stride(from: j % 2, to: w - 1, by: 2) {
        let k = j * w + i
        guard lattice.quality[k] > 0, lattice.quality[k + 1] > 0, lattice.quality[k + w] > 0 else {
          continue
        }
        let (p, right, below) = (
          lattice.places[k], lattice.places[k + 1] - lattice.places[k],
          lattice.places[k + w] - lattice.places[k]
        )
        cells += 3
        for along in CellFold.along {
          for s in 0..<CellFold.samples {
            let t = Double(s) / Double(CellFold.samples)
            u[s] += signal.value(
              atX: p.x + t * right.x + along * below.x, y: p.y + t * right.y + along * below.y)
            v[s] += signal.value(
              atX: p.x + t * below.x + along * right.x, y: p.y + t * below.y + along * right.y)
          }
        }
      }
    }
    if cells > 0 {
      u = u.map { $0 / cells }
      v = v.map { $0 / cells }
    }
  }

  /// The millimetre, −2…2 from the crossing, at which the heaviest line lies.
  static func heaviestMillimeter(_ profile: [Float]) -> Int {
    func height(_ millimeter: Int) -> Float {
      let centre = (millimeter * samples / 5 + samples) % samples
      // The line and its flanks: as wide as the profile's own blur.
      return profile[centre] + 0.5 * profile[(centre + 1) % samples]
        + 0.5 * profile[(centre + samples - 1) % samples]
    }
    return (-2...2).max { height($0) < height($1) } ?? 0
  }
}

extension GrownLattice {
  /// The lattice moved by parts of a cell, so that its crossings lie on other lines.
  func moved(u: Double, v: Double) -> GrownLattice {
    var out = self
    for k in places.indices where quality[k] > 0 {
      let (i, j) = (k % columns, k / columns)
      let right =
        i + 1 < columns && quality[k + 1] > 0
        ? places[k + 1] - places[k]
        : i > 0 && quality[k - 1] > 0 ? places[k] - places[k - 1] : nil
      let below =
        j + 1 < rows && quality[k + columns] > 0
        ? places[k + columns] - places[k]
        : j > 0 && quality[k - columns] > 0 ? places[k] - places[k - columns] : nil
      guard let right, let below else {
        out.quality[k] = 0
        continue
      }
      out.places[k] = places[k] + right * u + below * v
    }
    return out
  }

  /// Every fifth row and column: crossings 1 mm apart become crossings 5 mm apart.
  var everyFifth: GrownLattice {
    var out = GrownLattice(
      columns: (columns + 4) / 5, rows: (rows + 4) / 5, places: [], quality: [])
    for j in stride(from: 0, to: rows, by: 5) {
      for i in stride(from: 0, to: columns, by: 5) {
        out.places.append(places[j * columns + i])
        out.quality.append(quality[j * columns + i])
      }
    }
    return out
  }
}
