/// The smooth curve of cubic pieces through given points ("not-a-knot" at the ends).
///
/// Beyond the first and last point the end pieces go on.
///
/// > Source: de Boor, "A Practical Guide to Splines", 1978, chapter IV.
public struct CubicSpline: Sendable {
  private let places: [Double]
  private let values: [Double]
  private let slopes: [Double]
  /// The distance between places if all are the same, else 0.
  private let evenStep: Double

  /// Lays a curve through `values` at `places`, which rise.
  public init(places: [Double], values: [Double]) {
    precondition(places.count == values.count && places.count >= 2)
    (self.places, self.values) = (places, values)
    slopes = CubicSpline.slopes(places, values)
    evenStep = 0
  }

  /// Lays a curve through `values` at `start`, `start + step`, …
  public init(start: Double, step: Double, values: [Double]) {
    precondition(values.count >= 2 && step > 0)
    let places = values.indices.map { start + Double($0) * step }
    (self.places, self.values) = (places, values)
    slopes = CubicSpline.slopes(places, values)
    evenStep = step
  }

  /// The curve at `place`.
  public func value(at place: Double) -> Double {
    let i = piece(at: place)
    let h = places[i + 1] - places[i]
    let t = (place - places[i]) / h
    let rise = values[i + 1] - values[i]
    let a = slopes[i] * h - rise
    let b = rise - slopes[i + 1] * h
    return values[i] + t * (rise + (1 - t) * (a * (1 - t) + b * t))
  }

  /// The slope of the curve at `place`.
  public func slope(at place: Double) -> Double {
    let i = piece(at: place)
    let h = places[i + 1] - places[i]
    let t = (place - places[i]) / h
    let mean = (values[i + 1] - values[i]) / h
    let c = 3 * mean - 2 * slopes[i] - slopes[i + 1]
    let d = slopes[i] + slopes[i + 1] - 2 * mean
    return slopes[i] + t * (2 * c + 3 * d * t)
  }

  private func piece(at place: Double) -> Int {
    let last = places.count - 2
    if evenStep > 0 {
      let t = (place - places[0]) / evenStep
      return t > 0 ? min(Int(min(t, Double(last))), last) : 0
    }
    var (low, high) = (0, last)
    while low < high {
      let middle = (low + high + 1) / 2
      if places[middle] <= place { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private static func slopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let n = x.count
    let h = (0..<(n - 1)).map { x[$0 + 1] - x[$0] }
    let m = (0..<(n - 1)).map { (y[$0 + 1] - y[$0]) / h[$0] }
    if n == 2 { return [m[0], m[0]] }
    if n == 3 {
      // Not-a-knot at both ends leaves one parabola.
      let curve = (m[1] - m[0]) / (h[0] + h[1])
      return [m[0] - curve * h[0], m[0] + curve * h[0], m[1] + curve * h[1]]
    }
    var lower = [Double](repeating: 0, count: n)
    var diagonal = lower
    var upper = lower
    var right = lower
    let first = h[0] + h[1]
    diagonal[0] = h[1]
    upper[0] = first
    right[0] = ((h[0] + 2 * first) * h[1] * m[0] + h[0] * h[0] * m[1]) / first
    for i in 1..<(n - 1) {
      lower[i] = h[i]
      diagonal[i] = 2 * (h[i - 1] + h[i])
      upper[i] = h[i - 1]
      right[i] = 3 * (h[i] * m[i - 1] + h[i - 1] * m[i])
    }
    let last = h[n - 2] + h[n - 3]
    lower[n - 1] = last
    diagonal[n - 1] = h[n - 3]
    let outer = (2 * last + h[n - 2]) * h[n - 3] * m[n - 2]
    right[n - 1] = (h[n - 2] * h[n - 2] * m[n - 3] + outer) / last
    for i in 1..<n {
      let w = lower[i] / diagonal[i - 1]
      diagonal[i] -= w * upper[i - 1]
      right[i] -= w * right[i - 1]
    }
    var slopes = right
    slopes[n - 1] /= diagonal[n - 1]
    for i in (0..<(n - 1)).reversed() {
      slopes[i] = (slopes[i] - upper[i] * slopes[i + 1]) / diagonal[i]
    }
    return slopes
  }
}
