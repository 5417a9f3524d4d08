import ECGNumerics

/// The normal equations of a lattice fit: symmetric, positive, and coupling near crossings only.
///
/// Unknown are a step (x, y) for each crossing and an offset for each line. A measurement
/// on a line couples four crossings in a row, a bend three, a twist the four of a cell. So a
/// crossing meets 12 others on its two lines (2 × 2 blocks) and 4 on the diagonals (where x
/// and y do not mix). Stored by offset, so that a product runs over consecutive memory.
/// Solved by conjugate gradients, preconditioned by the 2 × 2 blocks of the diagonal.
struct LatticeSystem {
  let columns: Int
  let rows: Int
  let count: Int
  /// Crossings apart, of each block: first 0, then along columns and rows.
  private let offsets: [Int]
  private let diagonals: [Int]
  private var xx: [Float]
  private var xy: [Float]
  private var yy: [Float]
  private var twist: [Float]
  /// Coupling of each crossing's x and y with the offset of its column line and of its row line.
  private var columnX: [Float]
  private var columnY: [Float]
  private var rowX: [Float]
  private var rowY: [Float]
  /// Line offsets: `columns` of them, then `rows`.
  var lineDiagonal: [Float]
  /// Right side: crossings, then lines.
  var rightX: [Float]
  var rightY: [Float]
  var rightLine: [Float]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    let n = columns * rows
    count = n
    var offsets = [0]
    for d in [-3, -2, -1, 1, 2, 3] { offsets.append(d) }
    for d in [-3, -2, -1, 1, 2, 3] { offsets.append(d * columns) }
    self.offsets = offsets
    diagonals = [-columns - 1, -columns + 1, columns - 1, columns + 1]
    xx = [Float](repeating: 0, count: n * offsets.count)
    xy = xx
    yy = xx
    twist = [Float](repeating: 0, count: n * 4)
    columnX = [Float](repeating: 0, count: n)
    columnY = columnX
    rowX = columnX
    rowY = columnX
    rightX = columnX
    rightY = columnX
    lineDiagonal = [Float](repeating: 0, count: columns + rows)
    rightLine = lineDiagonal
  }

  /// Adds `weight · (Σ wₐ n·Pₐ + e)²` with its residual, over four crossings in a row.
  @inline(__always)
  mutating func add(_ m: LineMeasurement, weight: Float, residual: Float, hasOffset: Bool) {
    let w = (m.w0, m.w1, m.w2, m.w3)
    let (base, stride) = (Int(m.base), Int(m.stride))
    let isColumnLine = stride != 1
    let slot = isColumnLine ? 7 : 1
    let (nx, ny) = (m.nx, m.ny)
    let (wxx, wxy, wyy) = (weight * nx * nx, weight * nx * ny, weight * ny * ny)
    for a in 0..<4 {
      let wa = LatticeSystem.tap(w, a)
      guard wa != 0 else { continue }
      let k = base + a * stride
      rightX[k] -= weight * residual * wa * nx
      rightY[k] -= weight * residual * wa * ny
      for b in 0..<4 {
        let product = wa * LatticeSystem.tap(w, b)
        // Block of offset b − a: slot 0 for none, then −3 −2 −1 1 2 3.
        let d = b - a
        let block = d == 0 ? 0 : slot + (d < 0 ? d + 3 : d + 2)
        xx[block * count + k] += product * wxx
        xy[block * count + k] += product * wxy
        yy[block * count + k] += product * wyy
      }
      if hasOffset {
        if isColumnLine {
          columnX[k] += weight * wa * nx
          columnY[k] += weight * wa * ny
        } else {
          rowX[k] += weight * wa * nx
          rowY[k] += weight * wa * ny
        }
      }
    }
    if hasOffset {
      lineDiagonal[Int(m.line)] += weight
      rightLine[Int(m.line)] -= weight * residual
    }
  }

  @inline(__always)
  private static func tap(_ w: (Float, Float, Float, Float), _ k: Int) -> Float {
    switch k {
    case 0: w.0
    case 1: w.1
    case 2: w.2
    default: w.3
    }
  }

  /// Adds `weight · |P(k) − target|²`, `(x, y)` being P − target now.
  mutating func addPoint(_ k: Int, weight: Float, x: Float, y: Float) {
    xx[k] += weight
    yy[k] += weight
    rightX[k] -= weight * x
    rightY[k] -= weight * y
  }

  /// Adds `weight · |P(k − stride) − 2 P(k) + P(k + stride)|²`, `(x, y)` being the bend now.
  mutating func addBend(_ k: Int, stride: Int, weight: Float, x: Float, y: Float) {
    let slot = stride == 1 ? 1 : 7
    let factors: [Float] = [1, -2, 1]
    for a in 0..<3 {
      let here = k + (a - 1) * stride
      rightX[here] -= weight * factors[a] * x
      rightY[here] -= weight * factors[a] * y
      for b in 0..<3 {
        let d = b - a
        let block = d == 0 ? 0 : slot + (d < 0 ? d + 3 : d + 2)
        let value = weight * factors[a] * factors[b]
        xx[block * count + here] += value
        yy[block * count + here] += value
      }
    }
  }

  /// Adds `weight · |P(k) − P(k + 1) − P(k + columns) + P(k + columns + 1)|²`.
  mutating func addTwist(_ k: Int, weight: Float, x: Float, y: Float) {
    let corners = [k, k + 1, k + columns, k + columns + 1]
    let signs: [Float] = [1, -1, -1, 1]
    for a in 0..<4 {
      let here = corners[a]
      rightX[here] -= weight * signs[a] * x
      rightY[here] -= weight * signs[a] * y
      xx[here] += weight
      yy[here] += weight
      // Its neighbours in the cell: along the row, along the column, across.
      let along = a % 2 == 0 ? 4 : 3  // offset +1 or −1
      let down = a < 2 ? 10 : 9  // offset +columns or −columns
      xx[along * count + here] -= weight
      yy[along * count + here] -= weight
      xx[down * count + here] -= weight
      yy[down * count + here] -= weight
      twist[(3 - a) * count + here] += weight
    }
  }
}

extension LatticeSystem {
  /// Solves the equations by conjugate gradients.
  ///
  /// - Parameters:
  ///   - tolerance: the residual's norm at which to stop, as part of the right side's.
  ///   - limit: the greatest number of iterations.
  func solved(tolerance: Double, limit: Int) -> Step {
    let right = Step(x: rightX, y: rightY, line: rightLine)
    let zero = Step(
      x: [Float](repeating: 0, count: count), y: [Float](repeating: 0, count: count),
      line: [Float](repeating: 0, count: columns + rows))
    return conjugateGradients(
      right, zero: zero, tolerance: tolerance, limit: limit, multiply: multiply,
      precondition: preconditioned
    ).solution
  }

  private func preconditioned(_ r: Step) -> Step {
    var out = r
    for k in 0..<count {
      let (a, b, c) = (xx[k], xy[k], yy[k])
      let determinant = a * c - b * b
      guard determinant > 1e-12 * (a + c) * (a + c), determinant > 0 else {
        let d = max(a, c, 1e-6)
        out.x[k] = r.x[k] / d
        out.y[k] = r.y[k] / d
        continue
      }
      let scale = 1 / determinant
      out.x[k] = (c * r.x[k] - b * r.y[k]) * scale
      out.y[k] = (a * r.y[k] - b * r.x[k]) * scale
    }
    for l in out.line.indices { out.line[l] = r.line[l] / max(lineDiagonal[l], 1e-6) }
    return out
  }

  private func multiply(_ v: Step, into out: inout Step) {
    let n = count
    for k in 0..<n {
      out.x[k] = 0
      out.y[k] = 0
    }
    for (block, offset) in offsets.enumerated() {
      let (first, last) = (max(0, -offset), min(n, n - offset))
      guard first < last else { continue }
      let (here, there) = (first..<last, (first + offset)..<(last + offset))
      let slots = (block * n + first)..<(block * n + last)
      LatticeSystem.addProducts(xx, slots, v.x, there, to: &out.x, here)
      LatticeSystem.addProducts(xy, slots, v.y, there, to: &out.x, here)
      LatticeSystem.addProducts(xy, slots, v.x, there, to: &out.y, here)
      LatticeSystem.addProducts(yy, slots, v.y, there, to: &out.y, here)
    }
    for (block, offset) in diagonals.enumerated() {
      let (first, last) = (max(0, -offset), min(n, n - offset))
      guard first < last else { continue }
      let (here, there) = (first..<last, (first + offset)..<(last + offset))
      let slots = (block * n + first)..<(block * n + last)
      LatticeSystem.addProducts(twist, slots, v.x, there, to: &out.x, here)
      LatticeSystem.addProducts(twist, slots, v.y, there, to: &out.y, here)
    }
    for l in out.line.indices { out.line[l] = lineDiagonal[l] * v.line[l] }
    for j in 0..<rows {
      var sum: Float = 0
      let e = v.line[columns + j]
      for i in 0..<columns {
        let k = j * columns + i
        let f = v.line[i]
        out.x[k] += columnX[k] * f + rowX[k] * e
        out.y[k] += columnY[k] * f + rowY[k] * e
        out.line[i] += columnX[k] * v.x[k] + columnY[k] * v.y[k]
        sum += rowX[k] * v.x[k] + rowY[k] * v.y[k]
      }
      out.line[columns + j] += sum
    }
  }

  /// Adds element by element; ranges are made pointers first, so that the loop is plain.
  @inline(__always)
  private static func addProducts(
    _ factors: [Float], _ slots: Range<Int>, _ values: [Float], _ there: Range<Int>,
    to sums: inout [Float], _ here: Range<Int>
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      values.withUnsafeBufferPointer { values in
        factors.withUnsafeBufferPointer { factors in
          let target = UnsafeMutableBufferPointer(rebasing: sums[here])
          let source = UnsafeBufferPointer(rebasing: values[there])
          let weights = UnsafeBufferPointer(rebasing: factors[slots])
          for k in 0..<target.count { target[k] += weights[k] * source[k] }
        }
      }
    }
  }
}

extension LatticeSystem {
  /// Steps of the crossings and of the line offsets.
  struct Step: GradientVector {
    var x: [Float]
    var y: [Float]
    var line: [Float]

    func dot(_ other: Step) -> Double {
      Step.dot(x, other.x) + Step.dot(y, other.y) + Step.dot(line, other.line)
    }

    mutating func add(_ other: Step, times factor: Double) {
      let factor = Float(factor)
      for k in x.indices { x[k] += factor * other.x[k] }
      for k in y.indices { y[k] += factor * other.y[k] }
      for k in line.indices { line[k] += factor * other.line[k] }
    }

    mutating func multiply(by factor: Double, adding other: Step) {
      let factor = Float(factor)
      for k in x.indices { x[k] = other.x[k] + factor * x[k] }
      for k in y.indices { y[k] = other.y[k] + factor * y[k] }
      for k in line.indices { line[k] = other.line[k] + factor * line[k] }
    }

    /// Four sums side by side, because the order of one sum may not be changed by the compiler.
    private static func dot(_ a: [Float], _ b: [Float]) -> Double {
      var (s0, s1, s2, s3): (Float, Float, Float, Float) = (0, 0, 0, 0)
      var rest: Float = 0
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          let whole = a.count & ~3
          for k in stride(from: 0, to: whole, by: 4) {
            s0 += a[k] * b[k]
            s1 += a[k &+ 1] * b[k &+ 1]
            s2 += a[k &+ 2] * b[k &+ 2]
            s3 += a[k &+ 3] * b[k &+ 3]
          }
          for k in whole..<a.count { rest += a[k] * b[k] }
        }
      }
      return Double(s0 + s1) + Double(s2 + s3) + Double(rest)
    }
  }
}
