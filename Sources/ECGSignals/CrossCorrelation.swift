/// How well one signal matches another at every shift of up to a number of samples.
public enum CrossCorrelation {
  /// Σₜ y[t + k] p[t] for k in −m…m, element 0 at k = −m; k > 0 means that `p` must move right.
  ///
  /// `p` may be of another length than `y`; beyond their ends both count as 0.
  /// - Complexity: O(*n* · *m*), without a transform: cheaper for the shifts of a page.
  public static func atShifts(
    upTo m: Int, of y: [Double], and p: [Double]
  ) -> [Double] {
    precondition(m >= 0)
    var sums = [Double](repeating: 0, count: 2 * m + 1)
    var padded = [Double](repeating: 0, count: max(y.count, p.count) + 2 * m)
    for (k, value) in y.enumerated() { padded[m + k] = value }
    let lags = 2 * m + 1
    sums.withUnsafeMutableBufferPointer { sums in
      padded.withUnsafeBufferPointer { y in
        p.withUnsafeBufferPointer { p in
          // Four samples of p at a time, so that the sums travel less.
          var t = 0
          while t + 3 < p.count {
            let (a, b, c, d) = (p[t], p[t + 1], p[t + 2], p[t + 3])
            for k in 0..<lags {
              sums[k] += a * y[t + k] + b * y[t + k + 1] + c * y[t + k + 2] + d * y[t + k + 3]
            }
            t += 4
          }
          while t < p.count {
            let a = p[t]
            for k in 0..<lags { sums[k] += a * y[t + k] }
            t += 1
          }
        }
      }
    }
    return sums
  }
}
