public import ECGCore

/// How well the curve was read off the flat page, in pixels of that page, wherever the lead was
/// thought to belong and whatever a pixel was thought to mean.
///
/// The true curve is carried to the found page through the photo, so an error of the geometry moves
/// both. The distance is taken across the curve: `|dy| / √(1 + slope²)`.
public struct TraceScore: Sendable, Hashable {
  /// The share of the printed curve that was returned.
  public var coverage: Double
  /// The root mean square vertical error, in page pixels.
  public var rmsPixels: Double
  /// The median distance across the curve, in page pixels.
  public var medianPixels: Double
  /// The 95th percentile of that distance, in page pixels.
  public var p95Pixels: Double
  /// The share of the returned curve within 0.5 mm of the ink: what a confidence promises.
  public var withinHalfMillimeter: Double
  /// The share of the returned curve within 1.96 of its stated standard deviations, vertically.
  public var within95: Double?

  /// Compares the traces of stretches that were found; `nil` if there are none.
  public init?(_ result: Digitization, truth: Digitization) {
    let map = PageCorrespondence(truth: truth.geometry, found: result.geometry)
    let pairs = MatchedTrace.all(result, truth: truth)
    let perMillimeter = result.geometry.pixelsPerMillimeterY
    var errors: [Double] = []
    var distances: [Double] = []
    var (printed, sure, stated) = (0, 0, 0)
    for pair in pairs {
      let ink = pair.truth
      var last: Point<PageSpace>?
      for (k, point) in ink.points.enumerated() {
        guard let point,
          let place = map.foundPoint(
            Point(x: ink.firstX + Double(k) * ink.stepX, y: Double(point.y)))
        else {
          last = nil
          continue
        }
        defer { last = place }
        printed += 1
        guard let last, place.x > last.x, let read = pair.found.point(at: place.x) else {
          continue
        }
        let slope = (place.y - last.y) / (place.x - last.x)
        let error = Double(read.y) - place.y
        errors.append(error)
        distances.append(abs(error) / (1 + slope * slope).squareRoot())
        if read.standardDeviation > 0 {
          stated += 1
          if abs(error) <= 1.96 * Double(read.standardDeviation) { sure += 1 }
        }
      }
    }
    guard !errors.isEmpty else { return nil }
    coverage = Double(errors.count) / Double(max(1, printed - pairs.count))
    rmsPixels = mean(errors.map { $0 * $0 }).squareRoot()
    medianPixels = median(distances)
    p95Pixels = percentile(distances, 95)
    let near = distances.count { $0 <= 0.5 * perMillimeter }
    withinHalfMillimeter = Double(near) / Double(distances.count)
    within95 = stated > 0 ? Double(sure) / Double(stated) : nil
  }
}

extension Trace {
  /// The curve at page column `x`, straight between its points; `nil` where it is absent.
  fileprivate func point(at x: Double) -> TracePoint? {
    let at = (x - firstX) / stepX
    guard at >= 0, at <= Double(points.count - 1) else { return nil }
    let k = min(Int(at), points.count - 2)
    guard k >= 0, let a = points[k], let b = points[k + 1] else { return nil }
    let t = Float(at - Double(k))
    return TracePoint(
      y: a.y + t * (b.y - a.y),
      standardDeviation: a.standardDeviation + t * (b.standardDeviation - a.standardDeviation))
  }
}
