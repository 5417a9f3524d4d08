extension [Double] {
  /// The mean of `width` samples, run forwards and backwards so that nothing moves in time.
  ///
  /// What came before and after these samples is chosen such that both orders of the two runs
  /// give the same, in least squares.
  ///
  /// > Source: Gustafsson, "Determining the initial states in forward-backward filtering",
  /// > doi:10.1109/78.492552.
  public func smoothedZeroPhase(width: Int) -> [Double] {
    guard width > 1, self.count > 1 else { return self }
    let states = Swift.min(width - 1, self.count)
    let before = (0..<states).map { Array<Double>.tail($0, width: width, count: self.count) }
    // Forwards then backwards, and the other way round, with nothing before and after.
    let forwardFirst = averaged(width).reversedAverage(width)
    let backwardFirst = reversedAverage(width).averaged(width)
    // What each unknown sample before the start adds under either order; after the end by symmetry.
    let first = before.map { $0.reversedAverage(width) }
    let n = self.count
    // Farther than a width from both ends the unknowns change nothing.
    let rows =
      n > 2 * width ? Array<Int>(0..<width) + Array<Int>((n - width)..<n) : Array<Int>(0..<n)
    var system = LeastNorm(rows: rows.count)
    for k in 0..<states { system.add(rows.map { first[k][$0] - before[k][$0] }) }
    for k in 0..<states {
      system.add(rows.map { before[k][n - 1 - $0] - first[k][n - 1 - $0] })
    }
    let unknowns = system.solve(rows.map { backwardFirst[$0] - forwardFirst[$0] })
    var out = forwardFirst
    for k in 0..<states {
      for i in 0..<n {
        out[i] += unknowns[k] * first[k][i] + unknowns[states + k] * before[k][n - 1 - i]
      }
    }
    return out
  }

  /// The causal mean of `width` samples, 0 before the first.
  private func averaged(_ width: Int) -> [Double] {
    var sum = 0.0
    return indices.map { k in
      sum += self[k] - (k >= width ? self[k - width] : 0)
      return sum / Double(width)
    }
  }

  private func reversedAverage(_ width: Int) -> [Double] {
    Array(Array(reversed()).averaged(width).reversed())
  }

  /// What the filter's `k`-th state leaves in the output.
  private static func tail(_ k: Int, width: Int, count: Int) -> [Double] {
    (0..<count).map { $0 == k ? 1 / Double(width) : 0 }
  }
}

/// The least-squares solution with the least norm, by orthogonal columns.
private struct LeastNorm {
  let rows: Int
  private var columns: [[Double]] = []

  init(rows: Int) { self.rows = rows }

  mutating func add(_ column: [Double]) { columns.append(column) }

  /// Conjugate gradients on the normal equations: from zero they reach the solution of least norm.
  func solve(_ right: [Double]) -> [Double] {
    var x = [Double](repeating: 0, count: columns.count)
    var residual = right
    var gradient = columns.map { dot($0, residual) }
    var direction = gradient
    var size = dot(gradient, gradient)
    let goal = size * 1e-26
    var steps = 0
    while size > goal, size > 0, steps < 10 * columns.count {
      var moved = [Double](repeating: 0, count: rows)
      for (column, weight) in zip(columns, direction) where weight != 0 {
        for i in 0..<rows { moved[i] += weight * column[i] }
      }
      let length = dot(moved, moved)
      guard length > 0 else { break }
      let step = size / length
      for k in x.indices { x[k] += step * direction[k] }
      for i in 0..<rows { residual[i] -= step * moved[i] }
      gradient = columns.map { dot($0, residual) }
      let next = dot(gradient, gradient)
      for k in direction.indices { direction[k] = gradient[k] + next / size * direction[k] }
      size = next
      steps += 1
    }
    return x
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for k in a.indices { sum += a[k] * b[k] }
    return sum
  }
}
