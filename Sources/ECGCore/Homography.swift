/// A projective map of the plane, from one named pixel space to another.
///
/// Conventions: column vectors; `m` holds the 3×3 matrix row by row, with
/// `x' = (m0 x + m1 y + m2) / (m6 x + m7 y + m8)`, `y'` from m3…m5 likewise.
public struct Homography<From: Sendable, To: Sendable>: Hashable, Codable, Sendable {
  /// The nine coefficients, row by row.
  public var m: [Double]

  /// Creates a map from nine coefficients, row by row.
  public init(_ m: [Double]) {
    precondition(m.count == 9, "A homography has nine coefficients")
    self.m = m
  }

  /// The map that changes no coordinate.
  public static var identity: Homography { Homography([1, 0, 0, 0, 1, 0, 0, 0, 1]) }

  /// The image of `point`. Points on the horizon map to infinity.
  public func callAsFunction(_ point: Point<From>) -> Point<To> {
    let w = m[6] * point.x + m[7] * point.y + m[8]
    let x = m[0] * point.x + m[1] * point.y + m[2]
    let y = m[3] * point.x + m[4] * point.y + m[5]
    return Point(x: x / w, y: y / w)
  }

  /// This map followed by `next`.
  public func then<Final>(_ next: Homography<To, Final>) -> Homography<From, Final> {
    var product = [Double](repeating: 0, count: 9)
    for row in 0..<3 {
      for column in 0..<3 {
        var sum = 0.0
        for k in 0..<3 { sum += next.m[3 * row + k] * m[3 * k + column] }
        product[3 * row + column] = sum
      }
    }
    return Homography<From, Final>(product)
  }

  /// The map back, or `nil` if this one flattens the plane.
  public var inverse: Homography<To, From>? {
    let (a, b, c, d, e, f, g, h, i) = (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8])
    let (ca, cb, cc) = (e * i - f * h, f * g - d * i, d * h - e * g)
    let determinant = a * ca + b * cb + c * cc
    let scale = m.reduce(0) { max($0, abs($1)) }
    guard abs(determinant) > 1e-14 * scale * scale * scale else { return nil }
    let r = 1 / determinant
    return Homography<To, From>([
      ca * r, (c * h - b * i) * r, (b * f - c * e) * r,
      cb * r, (a * i - c * g) * r, (c * d - a * f) * r,
      cc * r, (b * g - a * h) * r, (a * e - b * d) * r,
    ])
  }
}
