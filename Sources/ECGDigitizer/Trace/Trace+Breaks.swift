import ECGCore

extension Trace {
  /// Forgets points that belong to its neighbours where bars at `breaks` (page columns) part them.
  mutating func keepOwn(between breaks: [Double]) {
    for x in breaks {
      if abs(x - placement.startX) < 1 { begin(at: x) }
      if abs(x - placement.endX) < 1 { end(at: x) }
    }
  }

  /// Forgets what lies left of `x`, where another trace was drawn.
  private mutating func begin(at x: Double) {
    let first = Int(((x - firstX) / stepX).rounded(.up))
    guard first > 0, first + 1 < points.count else { return }
    for k in 0..<first { points[k] = nil }
    points[first - 1] = Trace.beyond(points[first], points[first + 1])
  }

  /// Forgets what lies right of `x`.
  private mutating func end(at x: Double) {
    let last = Int(((x - firstX) / stepX).rounded(.down))
    guard last > 0, last + 1 < points.count else { return }
    for k in (last + 1)..<points.count { points[k] = nil }
    points[last + 1] = Trace.beyond(points[last], points[last - 1])
  }

  /// The point that follows two on a straight line.
  private static func beyond(_ near: TracePoint?, _ far: TracePoint?) -> TracePoint? {
    guard let near, let far else { return nil }
    return TracePoint(
      y: 2 * near.y - far.y, standardDeviation: near.standardDeviation + abs(near.y - far.y) / 2)
  }
}
