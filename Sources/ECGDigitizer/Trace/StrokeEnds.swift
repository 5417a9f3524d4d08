import ECGImaging

/// The last columns of a curve beside a bar, where edges pull a fit only so far.
///
/// A QRS that is cut off there shows beside the bar and beyond its ends. Every straight way from
/// one of the last knots to a last level is tried; those that explain the pixels best are fitted.
struct StrokeEnds {
  let fit: StrokeFit
  let parameters: TraceParameters.Ends

  /// The knots `y` of a run with a better end, or as they are.
  ///
  /// - Parameter isStart: whether the first columns are looked at, not the last.
  func searched(
    _ y: [Double], pixels: StrokePixels, anchors: [StrokeAnchor], isStart: Bool
  ) -> [Double] {
    let count = min(parameters.columns, pixels.columnCount)
    guard count > 4 else { return y }
    let range = isStart ? 0..<count : (pixels.columnCount - count)..<pixels.columnCount
    let k = fit.perPixel
    let knots = (k * range.lowerBound)..<(k * (range.upperBound - 1) + 1)
    let piece = pixels.columns(range)
    let held = anchors.isEmpty ? [] : Array(anchors[knots])
    let first = isStart ? 0 : count - 2
    guard let levels = piece.rows(from: first, count: 2) else { return y }
    let here = Array(y[knots])
    let now = fit.sharpened(piece, from: here, anchors: held, steps: fit.parameters.steps)
    var ways: [(cost: Double, y: [Double])] = []
    for moved in 1...(k * parameters.drawn) where !fit.workers.isCancelled {
      for level in stride(
        from: Double(levels.lowerBound), through: Double(levels.upperBound), by: parameters.step)
      {
        let way = drawn(here, moved: moved, to: level, isStart: isStart)
        ways.append((fit.sharpened(piece, from: way, anchors: held, steps: 0).cost, way))
      }
    }
    ways.sort { $0.cost < $1.cost }
    let best = ways.prefix(parameters.fitted).map {
      fit.sharpened(piece, from: $0.y, anchors: held, steps: fit.parameters.lastSteps)
    }.min { $0.cost < $1.cost }
    guard let best, best.cost + parameters.leastGain < now.cost else { return y }
    var out = y
    for (k, value) in zip(knots, best.y) { out[k] = value }
    return out
  }

  /// The knots with the last `moved` on a straight line to `level`.
  private func drawn(
    _ y: [Double], moved: Int, to level: Double, isStart: Bool
  ) -> [Double] {
    var out = y
    let last = y.count - 1
    let root = isStart ? y[moved] : y[last - moved]
    for i in 1...moved {
      let value = root + (level - root) * Double(i) / Double(moved)
      out[isStart ? moved - i : last - moved + i] = value
    }
    return out
  }
}
