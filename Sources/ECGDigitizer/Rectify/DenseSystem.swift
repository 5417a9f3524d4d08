/// A few linear equations in as many unknowns.
enum DenseSystem {
  /// The unknowns of `matrix` · x = `right`, by Gauss–Jordan elimination with pivots.
  ///
  /// - Parameter matrix: rows one after the other.
  /// - Returns: `nil` if the system is singular.
  static func solved(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (a, b) = (matrix, right)
    let n = b.count
    for i in 0..<n {
      let pivot = (i..<n).max { abs(a[n * $0 + i]) < abs(a[n * $1 + i]) } ?? i
      guard abs(a[n * pivot + i]) > 1e-12 else { return nil }
      if pivot != i {
        for j in 0..<n { a.swapAt(n * i + j, n * pivot + j) }
        b.swapAt(i, pivot)
      }
      for r in 0..<n where r != i {
        let factor = a[n * r + i] / a[n * i + i]
        if factor == 0 { continue }
        for j in i..<n { a[n * r + j] -= factor * a[n * i + j] }
        b[r] -= factor * b[i]
      }
    }
    return (0..<n).map { b[$0] / a[n * $0 + $0] }
  }
}
