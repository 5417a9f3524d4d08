/// A symmetric positive definite system whose entries lie near the diagonal.
///
/// Row `i` keeps entries (i, i) … (i, i + halfBandwidth) one after the other.
/// Factoring is Cholesky's, in place; the diagonal of the inverse comes from the factor
/// without forming the inverse.
///
/// > Source: Golub & Van Loan, Matrix Computations, §4.3.5; selected inverse after
/// > Takahashi, Fagan, Chin (1973) and Erisman & Tinney, doi:10.1145/360680.360704.
package struct BandedSystem {
  package let count: Int
  package let halfBandwidth: Int
  /// `count · (halfBandwidth + 1)` entries of the upper triangle.
  package var upper: [Double]

  package init(count: Int, halfBandwidth: Int) {
    self.count = count
    self.halfBandwidth = halfBandwidth
    upper = [Double](repeating: 0, count: count * (halfBandwidth + 1))
  }

  /// Replaces the matrix by its factor R with RᵀR = A.
  ///
  /// - Returns: `false` if the matrix is not positive definite; it is then spoiled.
  package mutating func factor() -> Bool {
    let (n, w) = (count, halfBandwidth + 1)
    return upper.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress else { return true }
      for i in 0..<n {
        let row = a + i &* w
        let pivot = row[0]
        guard pivot > 1e-12 else { return false }
        let scale = 1 / pivot.squareRoot()
        let reach = min(w, n &- i)
        for k in 0..<reach { row[k] *= scale }
        for k in 1..<max(reach, 1) {
          let factor = row[k]
          if factor == 0 { continue }
          let (target, source, count) = (row + k &* w, row + k, reach &- k)
          for m in 0..<count { target[m] -= factor * source[m] }
        }
      }
      return true
    }
  }

  /// Solves with the factor from ``factor()``.
  package func solve(_ right: [Double]) -> [Double] {
    let (n, w) = (count, halfBandwidth + 1)
    var x = right
    upper.withUnsafeBufferPointer { factor in
      x.withUnsafeMutableBufferPointer { solution in
        guard let r = factor.baseAddress, let x = solution.baseAddress else { return }
        for i in 0..<n {
          let (row, reach) = (r + i &* w, min(w, n &- i))
          let value = x[i] / row[0]
          x[i] = value
          let below = x + i
          for k in 1..<max(reach, 1) { below[k] -= row[k] * value }
        }
        for i in Swift.stride(from: n - 1, through: 0, by: -1) {
          let (row, reach, below) = (r + i &* w, min(w, n &- i), x + i)
          var sum = x[i]
          for k in 1..<max(reach, 1) { sum -= row[k] * below[k] }
          x[i] = sum / row[0]
        }
      }
    }
    return x
  }

  /// The diagonal of the inverse, from the factor.
  package func inverseDiagonal() -> [Double] {
    let (n, w) = (count, halfBandwidth + 1)
    // Entries of the inverse within the band, laid out like the factor.
    var z = [Double](repeating: 0, count: n * w)
    upper.withUnsafeBufferPointer { r in
      z.withUnsafeMutableBufferPointer { z in
        for i in Swift.stride(from: n - 1, through: 0, by: -1) {
          let reach = min(w, n - i)
          let inverse = 1 / r[i * w]
          for j in Swift.stride(from: reach - 1, through: 0, by: -1) {
            var sum = j == 0 ? inverse : 0
            for k in 1..<max(reach, 1) {
              // z(i + k, i + j), by symmetry.
              let (low, high) = k < j ? (k, j) : (j, k)
              sum -= r[i * w + k] * z[(i + low) * w + high - low]
            }
            z[i * w + j] = sum * inverse
          }
        }
      }
    }
    return (0..<n).map { z[$0 * w] }
  }
}
