package import ECGCore

/// Fits a lattice to measured places: robust against wrong ones, stiff where there are none.
///
/// > Source: iteratively reweighted least squares; weights of Huber (1964),
/// > doi:10.1214/aoms/1177703732, and Tukey's biweight after Beaton, Tukey (1974),
/// > doi:10.1080/00401706.1974.10489171.
package struct LatticeFit {
  let columns: Int
  let rows: Int
  /// 5 mm in pixels of the working picture.
  let cell: Double
  package private(set) var places: [Point<PhotoSpace>]
  /// How far each printed line lies off its nominal place, in cells: columns, then rows.
  /// Printed grids are drawn at whole pixels, so a line may sit off by a constant.
  package private(set) var lineOffsets: [Double]
  /// How far off lines are expected to be, because they were drawn on whole pixels.
  var expectedOffsets: [Double]
  /// Whether that is known of a line; offsets that differ from it then weigh three times as much.
  var isQuantized: [Bool]

  private let parameters: RectifyParameters.Fit

  package init(
    _ lattice: GrownLattice, cell: Double, _ parameters: RectifyParameters.Fit = .init()
  ) {
    self.parameters = parameters
    columns = lattice.columns
    rows = lattice.rows
    self.cell = cell
    places = lattice.places
    lineOffsets = [Double](repeating: 0, count: columns + rows)
    expectedOffsets = lineOffsets
    isQuantized = lineOffsets.map { _ in false }
  }

  /// How stiff the lattice is against bending.
  private struct Stiffness {
    var weight: Double
    /// Bends beyond this, in cells, count less: folds may bend.
    var huber: Double
  }

  /// Draws the lattice smoothly through given places of the crossings.
  ///
  /// - Parameter weights: one per crossing, 0 where its place is only a guess.
  package mutating func smooth(_ targets: [Point<PhotoSpace>], weights: [Double]) {
    for _ in 0..<4 {
      var system = LatticeSystem(columns: columns, rows: rows)
      for k in weights.indices where weights[k] > 0 {
        let (x, y) = ((places[k].x - targets[k].x) / cell, (places[k].y - targets[k].y) / cell)
        let distance = (x * x + y * y).squareRoot()
        let weight = weights[k] / max(1, distance / parameters.smoothResidual)
        system.addPoint(k, weight: Float(weight), x: Float(x), y: Float(y))
      }
      addStiffness(
        Stiffness(weight: parameters.smoothStiffness, huber: parameters.smoothBend), to: &system)
      apply(system.solved(tolerance: parameters.smoothTolerance, limit: 120))
    }
  }

  /// Fits the lattice to measurements of its lines.
  ///
  /// - Parameters:
  ///   - pass: how stiff the lattice is, and which residuals count.
  ///   - offsetWeight: the weight against line offsets; `nil` to have none.
  /// - Returns: the residual of each measurement in cells.
  @discardableResult
  package mutating func fit(
    _ measurements: [LineMeasurement], _ pass: RectifyParameters.Fit.Pass, offsetWeight: Double?,
    rounds: Int = 4
  ) -> [Float] {
    for round in 0..<rounds {
      var system = LatticeSystem(columns: columns, rows: rows)
      for m in measurements where m.confidence > 0 {
        let residual = residual(of: m)
        let weight: Float
        if round == 0 {
          weight = m.confidence / max(1, abs(residual) / parameters.firstResidual)
        } else {
          let t = residual / Float(pass.tukey)
          let inside = max(0, 1 - t * t)
          weight = m.confidence * inside * inside
        }
        guard weight > 0 else { continue }
        system.add(m, weight: weight, residual: residual, hasOffset: offsetWeight != nil)
      }
      if let offsetWeight {
        for l in lineOffsets.indices {
          let weight = Float(isQuantized[l] ? 3 * offsetWeight : offsetWeight)
          system.lineDiagonal[l] += weight
          system.rightLine[l] -= weight * Float(lineOffsets[l] - expectedOffsets[l])
        }
      }
      addStiffness(Stiffness(weight: pass.stiffness, huber: parameters.bend), to: &system)
      // Where nothing was measured nothing moves without cause.
      for k in 0..<(columns * rows) { system.addPoint(k, weight: 1e-4, x: 0, y: 0) }
      apply(system.solved(tolerance: parameters.tolerance, limit: 150))
    }
    return measurements.map { residual(of: $0) }
  }

  /// How far the measured place lies off the lattice, across the line, in cells.
  func residual(of m: LineMeasurement) -> Float {
    let (base, stride) = (Int(m.base), Int(m.stride))
    let (a, b) = (places[base], places[base + stride])
    let (c, d) = (places[base + 2 * stride], places[base + 3 * stride])
    let (w0, w1, w2, w3) = (Double(m.w0), Double(m.w1), Double(m.w2), Double(m.w3))
    let x = w0 * a.x + w1 * b.x + w2 * c.x + w3 * d.x - Double(m.mx)
    let y = w0 * a.y + w1 * b.y + w2 * c.y + w3 * d.y - Double(m.my)
    return Float((x * Double(m.nx) + y * Double(m.ny)) / cell + lineOffsets[Int(m.line)])
  }

  private mutating func apply(_ step: LatticeSystem.Step) {
    for k in places.indices {
      places[k].x += Double(step.x[k]) * cell
      places[k].y += Double(step.y[k]) * cell
    }
    for l in lineOffsets.indices { lineOffsets[l] += Double(step.line[l]) }
  }

  private func addStiffness(_ stiffness: Stiffness, to system: inout LatticeSystem) {
    func weight(_ x: Double, _ y: Double, _ factor: Double) -> Float {
      let size = (x * x + y * y).squareRoot() * factor
      return Float(stiffness.weight * factor * factor / max(1, size / stiffness.huber))
    }
    for j in 0..<rows {
      for i in 0..<columns {
        let k = j * columns + i
        let p = places[k]
        if i > 0, i + 1 < columns {
          let (a, b) = (places[k - 1], places[k + 1])
          let (x, y) = ((a.x - 2 * p.x + b.x) / cell, (a.y - 2 * p.y + b.y) / cell)
          system.addBend(k, stride: 1, weight: weight(x, y, 1), x: Float(x), y: Float(y))
        }
        if j > 0, j + 1 < rows {
          let (a, b) = (places[k - columns], places[k + columns])
          let (x, y) = ((a.x - 2 * p.x + b.x) / cell, (a.y - 2 * p.y + b.y) / cell)
          system.addBend(k, stride: columns, weight: weight(x, y, 1), x: Float(x), y: Float(y))
        }
        if i + 1 < columns, j + 1 < rows {
          let (a, b, c) = (places[k + 1], places[k + columns], places[k + columns + 1])
          let (x, y) = ((p.x - a.x - b.x + c.x) / cell, (p.y - a.y - b.y + c.y) / cell)
          system.addTwist(k, weight: weight(x, y, parameters.twist), x: Float(x), y: Float(y))
        }
      }
    }
  }
}
