import ECGNumerics

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
    let columns =
      (0..<states).map { k in rows.map { first[k][$0] - before[k][$0] } }
      + (0..<states).map { k in rows.map { before[k][n - 1 - $0] - first[k][n - 1 - $0] } }
    let unknowns = leastNorm(columns, rows.map { backwardFirst[$0] - forwardFirst[$0] })
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

/// The least-squares solution of least norm, from the normal equations.
private func leastNorm(_ columns: [[Double]], _ right: [Double]) -> [Double] {
  let zero = [Double](repeating: 0, count: columns.count)
  return conjugateGradients(
    columns.map { $0.dot(right) }, zero: zero, tolerance: 1e-13, limit: 10 * columns.count,
    multiply: { weights, product in
      var moved = [Double](repeating: 0, count: right.count)
      for (column, weight) in zip(columns, weights) where weight != 0 {
        moved.add(column, times: weight)
      }
      for (k, column) in columns.enumerated() { product[k] = column.dot(moved) }
    }
  ).solution
}
