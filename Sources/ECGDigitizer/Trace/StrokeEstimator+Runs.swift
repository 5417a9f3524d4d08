import ECGCore
import ECGImaging

extension StrokeEstimator {
  /// What `curve` says about the knots of `columns`.
  func anchors(_ curve: ReadCurve, _ columns: ClosedRange<Int>) -> [StrokeAnchor] {
    let (least, factor) = (parameters.runs.anchorDeviation, parameters.runs.anchorFactor)
    return (0..<(2 * columns.count - 1)).map { k in
      let x = Double(columns.lowerBound) + 0.5 * Double(k)
      let i = min(max(Int(x) - curve.firstColumn, 0), curve.deviations.count - 1)
      // Two knots share a column; a network's error is alike over some columns.
      let deviation = max(least, 2 * Double(curve.deviations[i])) * factor
      // Where other places are likely, too, nothing is held to.
      let sureness = curve.columns.contains(Int(x)) ? max(0, 2 * Double(curve.masses[i]) - 1) : 0
      return StrokeAnchor(
        y: curve.y(at: x), weight: sureness * sureness / (deviation * deviation))
    }
  }

  /// The knots of `fit` on the curve through `y`, the knots of another fit of the same columns.
  static func resampled(_ y: [Double], _ other: StrokeFit, _ fit: StrokeFit) -> [Double] {
    let (from, to) = (other.perPixel, fit.perPixel)
    return (0..<((y.count - 1) / from * to + 1)).map { k in
      let i = min(k * from / to, y.count - 2)
      return y[i] + (y[i + 1] - y[i]) * (Double(k * from) / Double(to) - Double(i))
    }
  }

  /// What `anchors` say about the knots of `fit`; all together they weigh the same.
  static func resampled(
    _ anchors: [StrokeAnchor], _ other: StrokeFit, _ fit: StrokeFit
  ) -> [StrokeAnchor] {
    guard !anchors.isEmpty else { return [] }
    let share = Double(other.perPixel) / Double(fit.perPixel)
    return resampled(anchors.map(\.y), other, fit).enumerated().map { k, y in
      StrokeAnchor(y: y, weight: share * anchors[k * other.perPixel / fit.perPixel].weight)
    }
  }

  /// The curve `signal` at the knots of `columns`; gaps are filled by straight lines.
  static func knots(_ signal: RowSignal, _ columns: ClosedRange<Int>) -> [Double] {
    var y = (0..<(2 * columns.count - 1)).map { k -> Double? in
      signal.y(at: Double(columns.lowerBound) + 0.5 * Double(k)).map(Double.init)
    }
    var last: Int?
    for k in y.indices where y[k] != nil {
      if let l = last, k - l > 1, let a = y[l], let b = y[k] {
        for i in (l + 1)..<k { y[i] = a + (b - a) * Double(i - l) / Double(k - l) }
      }
      last = k
    }
    var carried = y.compactMap { $0 }.first ?? 0
    return y.map { value in
      carried = value ?? carried
      return carried
    }
  }

  /// Stretches of columns with ink, short gaps included, apart where bars part them; a few columns
  /// without ink are added where a row's traces go on.
  func runs(
    _ path: InkPath, _ reach: RowReach?, _ pixelsPerMillimeter: Double
  ) -> [ClosedRange<Int>] {
    let gap = Int(parameters.runs.longestGap * pixelsPerMillimeter)
    let beyond = parameters.runs.beyond * pixelsPerMillimeter
    var out: [ClosedRange<Int>] = []
    for (i, span) in path.spans.enumerated() where span != nil {
      let x = path.firstColumn + i
      if let last = out.last, x - last.upperBound <= gap,
        reach?.breaks.contains(where: { Double(last.upperBound) <= $0 && $0 < Double(x) }) != true
      {
        out[out.count - 1] = last.lowerBound...x
      } else {
        out.append(x...x)
      }
    }
    out = out.filter { $0.count > parameters.runs.leastColumns }
    guard let reach, let first = out.first, let last = out.last else { return out }
    let start = max(Int(reach.startX.rounded(.up)), path.columns.lowerBound)
    if start < first.lowerBound, Double(first.lowerBound) - reach.startX <= beyond {
      out[0] = start...first.upperBound
    }
    let end = min(Int(reach.endX.rounded(.down)), path.columns.upperBound - 1)
    if end > last.upperBound, reach.endX - Double(last.upperBound) <= beyond {
      out[out.count - 1] = out[out.count - 1].lowerBound...end
    }
    return out
  }
}
