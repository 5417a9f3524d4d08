import ECGCore
import ECGImaging

extension StrokeEstimator {
  /// The knots of a run as points, absent between columns without ink.
  func points(
    _ result: StrokeFit.Result, _ run: Run, _ fit: StrokeFit, _ reach: RowReach?,
    pixelsPerMillimeter: Double
  ) -> [TracePoint?] {
    let pixels = run.pixels
    let (shape, perPixel) = (fit.shape, fit.perPixel)
    let slopes = StrokeEstimator.steepness(result.y, perPixel: perPixel)
    let limits = parameters.intervals
    let hidden = limits.hidden * pixelsPerMillimeter
    // A thin bar that closes the row hides less than one between leads.
    let closed = reach?.closed(
      millimeters: limits.closedEnd, pixelsPerMillimeter: pixelsPerMillimeter)
    let first = pixels.counts.firstIndex { $0 > 0 } ?? 0
    let inked = first...max(first, pixels.counts.lastIndex { $0 > 0 } ?? 0)
    return result.y.indices.map { k in
      // A knot is present where the columns on both sides of it are.
      // Beyond its ink it goes on as it did.
      let (left, right) = (k / perPixel, (k + perPixel - 1) / perPixel)
      let isInside = pixels.counts[left] > 0 && pixels.counts[right] > 0
      guard isInside || !inked.contains(left) || !inked.contains(right) else { return nil }
      // Nor where both edges of the stroke lie behind a mask, and what is beside it says little.
      let (x, y) = (run.columns.lowerBound + left, result.y[k])
      let most = closed?.contains(x) == true ? limits.closedFactor * hidden : hidden
      if result.variance[k] > most * most,
        run.masks.contains(x: x, y: Int((y - shape.halfWidth).rounded())),
        run.masks.contains(x: x, y: Int((y + shape.halfWidth).rounded()))
      {
        return nil
      }
      let variance = variance(result.variance[k], slope: slopes[k], of: result.y, at: k)
      let deviation = variance.squareRoot() * limits.deviationsOf95 / 1.96
      return TracePoint(y: Float(result.y[k]), standardDeviation: Float(deviation))
    }
  }

  /// The variance of knot `k` with what slopes and bends add to that of the pixels.
  private func variance(_ ofPixels: Double, slope: Double, of y: [Double], at k: Int) -> Double {
    let limits = parameters.intervals
    let slope = min(slope, limits.steepest)
    // What knots cannot show: corners between them.
    let bent = limits.bendShare * min(StrokeEstimator.bend(y, at: k), limits.sharpest)
    let steep = limits.slopeShare * slope
    return max(ofPixels, 0) + bent * bent + steep * steep + limits.least * limits.least
      + (geometryError * slope) * (geometryError * slope)
  }

  /// |second difference| at a knot; 0 at the ends.
  private static func bend(_ y: [Double], at k: Int) -> Double {
    k > 0 && k + 1 < y.count ? abs(y[k - 1] - 2 * y[k] + y[k + 1]) : 0
  }

  /// The largest |dy/dx| within one and a half pixels.
  private static func steepness(_ y: [Double], perPixel: Int) -> [Double] {
    let reach = 3 * perPixel / 2
    return y.indices.map { k in
      let near = max(0, k - reach)...min(y.count - 1, k + reach)
      var most = 0.0
      for i in near where i > 0 { most = max(most, abs(y[i] - y[i - 1]) * Double(perPixel)) }
      return most
    }
  }
}
