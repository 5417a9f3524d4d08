/// A small least-squares problem, gathered row by row and solved by Cholesky's method.
///
/// Unknowns are scaled to a unit diagonal first, so that one threshold tells singular systems
/// whatever their units.
///
/// > Source: Golub & Van Loan, Matrix Computations, §4.2 and §5.3.
package struct NormalEquations {
  /// The number of unknowns.
  package let count: Int
  /// The lower triangle is filled, row by row.
  private var matrix: [Double]
  private var right: [Double]

  package init(count: Int) {
    self.count = count
    matrix = .init(repeating: 0, count: count * count)
    right = .init(repeating: 0, count: count)
  }

  /// Normal equations that were gathered elsewhere: the matrix row by row, of which the lower
  /// triangle is read, and the right side.
  package init(matrix: [Double], right: [Double]) {
    precondition(matrix.count == right.count * right.count, "One row for each unknown")
    count = right.count
    self.matrix = matrix
    self.right = right
  }

  /// Adds `weight · (Σ row·x − value)²`.
  package mutating func add(_ row: [Double], _ value: Double, weight: Double = 1) {
    for i in 0..<count where row[i] != 0 {
      let weighted = weight * row[i]
      right[i] += weighted * value
      for j in 0...i { matrix[i * count + j] += weighted * row[j] }
    }
  }

  /// Adds `weight · xᵢ²`: keeps unknown `i` small where the rows say little about it.
  package mutating func addRidge(_ weight: Double, to i: Int) {
    matrix[i * count + i] += weight
  }

  /// What the diagonal holds for unknown `i`: the weight of all rows that speak about it.
  package func weight(of i: Int) -> Double { matrix[i * count + i] }

  /// The unknowns; `nil` if the rows do not determine them.
  package var solution: [Double]? {
    let scales = (0..<count).map { matrix[$0 * count + $0].squareRoot() }
    guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var factor = matrix
    for i in 0..<count {
      for j in 0...i {
        var sum = matrix[i * count + j] / (scales[i] * scales[j])
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        if i == j {
          guard sum > 1e-13 else { return nil }
          factor[i * count + i] = sum.squareRoot()
        } else {
          factor[i * count + j] = sum / factor[j * count + j]
        }
      }
    }
    var x = (0..<count).map { right[$0] / scales[$0] }
    for i in 0..<count {
      for k in 0..<i { x[i] -= factor[i * count + k] * x[k] }
      x[i] /= factor[i * count + i]
    }
    for i in (0..<count).reversed() {
      for k in (i + 1)..<max(count, i + 1) { x[i] -= factor[k * count + i] * x[k] }
      x[i] /= factor[i * count + i]
    }
    return (0..<count).map { x[$0] / scales[$0] }
  }
}
