/// Where the ink of a trace lies at one place along time.
public struct TracePoint: Hashable, Codable, Sendable {
  /// The curve, in page pixel rows (down), to a fraction of a pixel.
  public var y: Float
  /// The standard deviation of ``y`` in page pixels.
  public var standardDeviation: Float

  /// Creates a point in page pixels.
  public init(y: Float, standardDeviation: Float) {
    self.y = y
    self.standardDeviation = standardDeviation
  }
}

/// The ink line of one lead, in page pixels; not yet millivolts.
///
/// Point `k` lies at page column `firstX + k · stepX`. A point is absent where no
/// ink was found and none could be inferred.
public struct Trace: Hashable, Codable, Sendable {
  /// Where the trace is printed.
  public var placement: LeadPlacement
  /// The page column of point 0, in pixels.
  public var firstX: Double
  /// The distance between points along time, in page pixels.
  public var stepX: Double
  /// The curve, point by point; `nil` where it is absent.
  public var points: [TracePoint?]

  /// Creates a trace.
  public init(placement: LeadPlacement, firstX: Double, stepX: Double, points: [TracePoint?]) {
    self.placement = placement
    self.firstX = firstX
    self.stepX = stepX
    self.points = points
  }
}
