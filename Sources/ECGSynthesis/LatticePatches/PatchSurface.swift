import ECGNumerics
import Foundation

/// A piece of paper before the camera: for each pixel its place on the grid.
///
/// Perspective, curl and folds bend the map itself, and lines are drawn from it, so the truth
/// is exact and nothing is resampled.
struct PatchSurface {
  /// Pixels of the side.
  let side: Int
  /// 5 mm in pixels, about.
  let cellPixels: Double
  /// The turn of the paper, in radians.
  let turn: Double
  /// Grid places in cells of 5 mm, row by row.
  private(set) var u: [Float]
  private(set) var v: [Float]
  /// Light on the paper as folds change it, 1 where they do not.
  private(set) var light: [Float]

  init(side n: Int, cellPixels: Double, using numbers: inout SeededGenerator) {
    side = n
    self.cellPixels = cellPixels
    turn =
      numbers.happens(0.5)
      ? numbers.uniform(-38, 38) * .pi / 180 : numbers.boundedNormal(0, 7) * .pi / 180
    light = [Float](repeating: 1, count: n * n)
    var x = [Float](repeating: 0, count: n * n)
    var y = x
    let half = Float(n) / 2
    for row in 0..<n {
      for column in 0..<n {
        x[row * n + column] = Float(column) - half
        y[row * n + column] = Float(row) - half
      }
    }
    (u, v) = (x, y)
    if numbers.happens(0.75) {
      let strength = numbers.uniform(0, 0.06)
      for _ in 0..<3 {
        PatchSurface.addWave(to: &x, side: n, slope: strength, using: &numbers)
        PatchSurface.addWave(to: &y, side: n, slope: strength, using: &numbers)
      }
    }
    for _ in 0..<numbers.pick([0, 0, 1, 1, 2, 3]) { fold(&x, &y, using: &numbers) }
    place(x, y, using: &numbers)
  }

  /// Adds a wave across the patch whose steepest slope is about `slope`.
  static func addWave(
    to values: inout [Float], side n: Int, slope: Double, using numbers: inout SeededGenerator
  ) {
    let waves = numbers.uniform(0.3, 2.5)
    let direction = numbers.uniform(0, 2 * .pi)
    let turns = 2 * Double.pi * waves / Double(n)
    let size = Float(slope * numbers.boundedNormal() / turns)
    addSine(
      to: &values, side: n, kx: turns * cos(direction), ky: turns * sin(direction),
      phase: numbers.uniform(0, 2 * .pi), size: size)
  }

  /// Adds size · sin(kx · x + ky · y + phase).
  static func addSine(
    to values: inout [Float], side n: Int, kx: Double, ky: Double, phase: Double, size: Float
  ) {
    // The sine of a sum, so that 2 n sines are enough for n² pixels.
    let columns = (0..<n).map { (Float(sin(kx * Double($0))), Float(cos(kx * Double($0)))) }
    values.withUnsafeMutableBufferPointer { values in
      for row in 0..<n {
        let angle = ky * Double(row) + phase
        let (s, c) = (size * Float(sin(angle)), size * Float(cos(angle)))
        for column in 0..<n {
          values[row * n + column] += s * columns[column].1 + c * columns[column].0
        }
      }
    }
  }

  /// Kinks the map along a line, and draws the fold's light.
  private mutating func fold(
    _ x: inout [Float], _ y: inout [Float], using numbers: inout SeededGenerator
  ) {
    let n = side
    let angle = numbers.uniform(0, .pi)
    let (cx, cy) = (Float(cos(angle)), Float(sin(angle)))
    let away = Float(numbers.uniform(-0.43, 0.43) * Double(n))
    let softness = Float(numbers.uniform(0.5, 6))
    let (along, across) = (
      Float(numbers.boundedNormal(0, 0.06)), Float(numbers.boundedNormal(0, 0.05))
    )
    let (bendX, bendY) = (along * cx - across * cy, along * cy + across * cx)
    let creaseWidth = Float(numbers.uniform(0.5, 3))
    let crease = Float(numbers.boundedNormal(0, 0.12))
    let step = Float(numbers.boundedNormal(0, 0.09))
    let (edge, reach) = (Float(numbers.uniform(1, 8)), Float(numbers.uniform(20, 400)))
    // The light depends on the distance alone: a table of half pixels.
    let table = (0...(6 * n)).map { k -> Float in
      let d = Float(k - 3 * n) / 2
      let line = crease * exp(-d * d / (creaseWidth * creaseWidth))
      return (1 + line) * (1 + step * tanh(d / edge) * exp(-abs(d) / reach))
    }
    let half = Float(n) / 2
    for row in 0..<n {
      for column in 0..<n {
        let k = row * n + column
        let d = (Float(column) - half) * cx + (Float(row) - half) * cy - away
        let ramp: Float
        if d <= -softness {
          ramp = 0
        } else if d >= softness {
          ramp = d
        } else {
          ramp = (d + softness) * (d + softness) / (4 * softness)
        }
        x[k] += ramp * bendX
        y[k] += ramp * bendY
        light[k] *= table[min(max(Int(2 * d) + 3 * n, 0), 6 * n)]
      }
    }
  }

  /// Turns places on the paper into cells.
  private mutating func place(
    _ x: [Float], _ y: [Float], using numbers: inout SeededGenerator
  ) {
    let aspect = exp(numbers.boundedNormal(0, 0.06))
    let (cellU, cellV) = (cellPixels * aspect, cellPixels / aspect)
    let lean = turn + numbers.boundedNormal(0, 4) * .pi / 180
    let (ux, uy) = (Float(cos(turn) / cellU), Float(sin(turn) / cellU))
    let (vx, vy) = (Float(-sin(lean) / cellV), Float(cos(lean) / cellV))
    let (tiltX, tiltY) = (
      Float(numbers.boundedNormal(0, 4e-4)), Float(numbers.boundedNormal(0, 4e-4))
    )
    let (u0, v0) = (Float(numbers.uniform(0, 5)), Float(numbers.uniform(0, 5)))
    for k in x.indices {
      let nearness = 1 / (1 + tiltX * x[k] + tiltY * y[k])
      u[k] = (x[k] * ux + y[k] * uy) * nearness + u0
      v[k] = (x[k] * vx + y[k] * vy) * nearness + v0
    }
  }

  /// The lengths of the gradient of `values`, per pixel.
  static func steepness(of values: [Float], side n: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: n * n) { out, count in
      for row in 0..<n {
        let (above, below) = (max(row - 1, 0), min(row + 1, n - 1))
        for column in 0..<n {
          let (left, right) = (max(column - 1, 0), min(column + 1, n - 1))
          let dx = (values[row * n + right] - values[row * n + left]) / Float(right - left)
          let dy = (values[below * n + column] - values[above * n + column]) / Float(below - above)
          out[row * n + column] = (dx * dx + dy * dy).squareRoot() + 1e-6
        }
      }
      count = n * n
    }
  }
}
