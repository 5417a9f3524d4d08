internal import ECGCore

extension Homography {
  /// The map that takes a rectangle from the origin to `far` onto a quadrangle.
  ///
  /// Conventions: corners clockwise from the top left: (0, 0), (far.x, 0), far, (0, far.y).
  ///
  /// > Source: Heckbert, "Fundamentals of texture mapping and image warping" (1989), section 2.2.3.
  init?(rectangleTo far: Point<From>, onto corners: [Point<To>]) {
    guard corners.count == 4, far.x > 0, far.y > 0 else { return nil }
    let (p0, p1, p2, p3) = (corners[0], corners[1], corners[2], corners[3])
    let (d1, d2) = (p1 - p2, p3 - p2)
    let sum = (p0 - p1) + (p2 - p3)
    let determinant = d1.x * d2.y - d2.x * d1.y
    guard abs(determinant) > 1e-9 else { return nil }
    let g = (sum.x * d2.y - d2.x * sum.y) / determinant
    let h = (d1.x * sum.y - sum.x * d1.y) / determinant
    let (w, v) = (far.x, far.y)
    self.init([
      (p1.x - p0.x + g * p1.x) / w, (p3.x - p0.x + h * p3.x) / v, p0.x,
      (p1.y - p0.y + g * p1.y) / w, (p3.y - p0.y + h * p3.y) / v, p0.y,
      g / w, h / v, 1,
    ])
  }
}
