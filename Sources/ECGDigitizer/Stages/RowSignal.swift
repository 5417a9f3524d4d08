package import ECGCore

/// The curve of one printed row, before leads are told apart: page pixels.
package struct RowSignal: Sendable {
  /// Point `k` lies at page column `firstX + k · stepX`.
  package var firstX: Double
  package var stepX: Double
  package var points: [TracePoint?]

  package init(firstX: Double, stepX: Double, points: [TracePoint?]) {
    self.firstX = firstX
    self.stepX = stepX
    self.points = points
  }

  /// The curve at page column `x`, linear between points; `nil` where it is absent.
  package func y(at x: Double) -> Float? {
    let t = (x - firstX) / stepX
    guard t >= 0, t <= Double(points.count - 1) else { return nil }
    let k = min(Int(t), max(points.count - 2, 0))
    guard let a = points[k] else { return nil }
    guard k + 1 < points.count, let b = points[k + 1] else { return a.y }
    let f = Float(t - Double(k))
    return a.y + f * (b.y - a.y)
  }

  /// The page columns of the first and last point that is present.
  package var presentX: ClosedRange<Double>? {
    guard let first = points.firstIndex(where: { $0 != nil }),
      let last = points.lastIndex(where: { $0 != nil })
    else { return nil }
    return (firstX + Double(first) * stepX)...(firstX + Double(last) * stepX)
  }
}
