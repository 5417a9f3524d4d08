/// A small least-squares problem, gathered row by row.
struct NormalEquations {
  private let count: Int
  private var matrix: [Double]
  private var right: [Double]

  init(count: Int) {
    self.count = count
    matrix = .init(repeating: 0, count: count * count)
    right = .init(repeating: 0, count: count)
  }

  mutating func add(_ row: [Double], _ value: Double) {
    for i in 0..<count {
      right[i] += row[i] * value
      for j in 0...i { matrix[i * count + j] += row[i] * row[j] }
    }
  }

  /// The unknowns by Cholesky's method; `nil` if the rows do not determine them.
  var solution: [Double]? {
    // Scaled to a unit diagonal, so that one threshold serves all units.
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
