import ECGCore
import Foundation

/// A place to start growing from, and the local cell there, read off a phase field alone.
struct LatticeSeed: Sendable {
  var place: Point<PhotoSpace>
  var basis: LatticeGrowing.Basis
  /// Mean length of the weaker of the two fields around the place, 0…1.
  var strength: Double
}

extension LatticeSeed {
  /// The best seeds, strongest first, from different parts of the picture.
  ///
  /// The mean turn of the fields from one sample to the next is the local frequency; the
  /// inverse of the two frequencies is the cell.
  ///
  /// - Parameter density: cells per square pixel that a grid may have.
  static func strongest(
    in field: PhaseField, count: Int, density: ClosedRange<Double>
  ) -> [LatticeSeed] {
    let tiles = 12
    let (tileWidth, tileHeight) = (max(4, field.width / tiles), max(4, field.height / tiles))
    var seeds: [LatticeSeed] = []
    for top in stride(from: 0, to: field.height - tileHeight, by: max(1, tileHeight)) {
      for left in stride(from: 0, to: field.width - tileWidth, by: max(1, tileWidth)) {
        let columns = max(0, left - tileWidth / 2)..<min(field.width - 1, left + tileWidth * 3 / 2)
        let rows = max(0, top - tileHeight / 2)..<min(field.height - 1, top + tileHeight * 3 / 2)
        if let seed = seed(in: field, columns: columns, rows: rows, density) {
          seeds.append(seed)
        }
      }
    }
    return Array(seeds.sorted { $0.strength > $1.strength }.prefix(count))
  }

  private static func seed(
    in field: PhaseField, columns: Range<Int>, rows: Range<Int>, _ density: ClosedRange<Double>
  ) -> LatticeSeed? {
    var turns = [Float](repeating: 0, count: 8)
    var strength: Float = 0
    var samples: Float = 0
    for j in rows {
      for i in columns {
        let k = 4 * (j * field.width + i)
        let (right, below) = (k + 4, k + 4 * field.width)
        for family in 0..<2 {
          let (a, b) = (field.values[k + 2 * family], field.values[k + 2 * family + 1])
          for (axis, other) in [right, below].enumerated() {
            let (c, d) = (field.values[other + 2 * family], field.values[other + 2 * family + 1])
            turns[4 * family + 2 * axis] += a * c + b * d
            turns[4 * family + 2 * axis + 1] += a * d - b * c
          }
        }
        let (p, q, r, s) = (
          field.values[k], field.values[k + 1], field.values[k + 2], field.values[k + 3]
        )
        strength += min(p * p + q * q, r * r + s * s).squareRoot()
        samples += 1
      }
    }
    guard samples > 0 else { return nil }
    let scale = 1 / (2 * Double.pi * Double(field.harmonic) * field.step)
    func frequency(_ k: Int) -> Double { Double(atan2(turns[k + 1], turns[k])) * scale }
    var (ux, uy, vx, vy) = (frequency(0), frequency(2), frequency(4), frequency(6))
    let (i, j) = (
      Double(columns.lowerBound + columns.upperBound) / 2,
      Double(rows.lowerBound + rows.upperBound) / 2
    )
    let place = Point<PhotoSpace>(
      x: field.offset + i * field.step, y: field.offset + j * field.step)
    if let carriers = field.carriers {
      let (fu, fv) = (carriers.u.at(place.x, place.y), carriers.v.at(place.x, place.y))
      let share = 1 / Double(field.harmonic)
      (ux, uy) = (ux + share * fu.x, uy + share * fu.y)
      (vx, vy) = (vx + share * fv.x, vy + share * fv.y)
    }
    let determinant = ux * vy - uy * vx
    guard density.contains(abs(determinant)) else { return nil }
    let basis = LatticeGrowing.Basis(
      xu: vy / determinant, yu: -vx / determinant, xv: -uy / determinant, yv: ux / determinant)
    return LatticeSeed(place: place, basis: basis, strength: Double(strength / samples))
  }
}
