import ECGCore
import ECGDigitizer
import ECGNumerics
import Testing

/// A gently bent lattice of known places, measured with noise, and one place in eight quite wrong.
@Suite("Lattice fit")
struct LatticeFitTests {
  private let columns = 16
  private let rows = 12
  private let cell = 28.0
  private var random = SeededGenerator(seed: 7)

  private func truth(_ i: Int, _ j: Int) -> Point<PhotoSpace> {
    let (u, v) = (Double(i), Double(j))
    return Point(
      x: 40 + cell * (u + 0.1 * v + 0.002 * u * v), y: 30 + cell * (v - 0.1 * u + 0.004 * v * v))
  }

  private func lattice(_ place: (Int, Int) -> Point<PhotoSpace>) -> GrownLattice {
    GrownLattice(
      columns: columns, rows: rows,
      places: (0..<(columns * rows)).map { place($0 % columns, $0 / columns) },
      quality: [Double](repeating: 1, count: columns * rows))
  }

  /// How far the places are off, in cells: the median and the most.
  private func errors(_ fit: LatticeFit) -> (median: Double, most: Double) {
    let distances = fit.places.indices.map {
      fit.places[$0].distance(to: truth($0 % columns, $0 / columns)) / cell
    }
    return (distances.median() ?? .infinity, distances.max() ?? .infinity)
  }

  @Test("crossings whose places are only guesses are drawn to where their neighbours' lines cross")
  func smoothed() {
    var found = lattice(truth)
    let guesses = found.places.indices.filter { $0 % 8 == 3 }
    for k in guesses { found.places[k].x += 0.25 * cell }
    var fit = LatticeFit(found, cell: cell)
    #expect(errors(fit).most > 0.24)
    fit.smooth(found.places, weights: found.places.indices.map { $0 % 8 == 3 ? 0 : 1 })
    #expect(errors(fit).most < 0.02, "\(errors(fit))")
  }

  @Test("measured lines move a lattice to its place; wrong measurements count nothing")
  mutating func measured() {
    let start = lattice { i, j in truth(i, j) + Point(x: 0.08 * cell, y: -0.06 * cell) }
    var measurements: [LineMeasurement] = []
    for k in start.places.indices {
      let (i, j) = (k % columns, k / columns)
      for isColumn in [true, false] {
        let (at, length) = isColumn ? (j, rows) : (i, columns)
        let first = min(max(at - 1, 0), length - 4)
        let stride = isColumn ? columns : 1
        var weights = (0.0, 0.0, 0.0, 0.0)
        switch at - first {
        case 0: weights.0 = 1
        case 1: weights.1 = 1
        case 2: weights.2 = 1
        default: weights.3 = 1
        }
        // A tenth of a pixel of noise; a trace beside the line now and then.
        var place = truth(i, j)
        let miss = random.normal() * 0.1 + (measurements.count % 8 == 5 ? 0.2 * cell : 0)
        if isColumn { place.x += miss } else { place.y += miss }
        measurements.append(
          LineMeasurement(
            base: k - (at - first) * stride, stride: stride, line: isColumn ? i : columns + j,
            weights: weights, across: isColumn ? (1, 0) : (0, 1), place: place, confidence: 1))
      }
    }
    var fit = LatticeFit(start, cell: cell)
    var residuals: [Float] = []
    for pass in RectifyParameters().fit.passes {
      residuals = fit.fit(measurements, pass, offsetWeight: nil)
    }
    #expect(errors(fit).median < 0.005 && errors(fit).most < 0.02, "\(errors(fit))")
    for (k, residual) in residuals.enumerated() where k % 8 == 5 {
      #expect(abs(abs(residual) - 0.2) < 0.03)
    }
  }
}
