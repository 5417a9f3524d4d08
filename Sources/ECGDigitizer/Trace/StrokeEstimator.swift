import ECGCore
import ECGImaging

/// The sub-pixel estimator of a row: the stroke fit, run by run, started at the centroids.
struct StrokeEstimator {
  var shape: StrokeShape
  /// Local error of the page's geometry in pixels rms; it reaches the curve by its slope.
  var geometryError: Double
  /// Ink-free stretches longer than this split a row into runs, in mm.
  var longestGap = 3.0

  /// Fits the row of `path`; `nil` where the fit fails, so that the centroids stay.
  func signal(_ path: InkPath, start: RowSignal, in map: InkMap, hidden: Set<Int>) -> RowSignal? {
    let s = map.pixelsPerMillimeter
    let spacing = StrokeFit.spacing
    guard !path.rows.isEmpty else { return nil }
    var points = [TracePoint?](repeating: nil, count: (path.rows.count - 1) * 2 + 1)
    for columns in runs(path, hidden: hidden, gap: Int(longestGap * s)) {
      let pixels = StrokePixels(
        map, path: path, columns: columns, hidden: hidden.contains, margin: Int((0.6 * s).rounded())
      )
      let knots = (columns.count - 1) * 2 + 1
      let fit = StrokeFit(
        shape: shape, noise: noise(map), smoothness: 1.43 * 8 / s)
      guard knots > 8 else { return nil }
      let near = fit.annealed(pixels, from: startingKnots(start, columns, knots))
      guard let result = fit.result(fit.sharpened(pixels, from: near, steps: 10)) else {
        return nil
      }
      let slopes = StrokeEstimator.steepness(result.y, spacing)
      for k in 0..<knots {
        let x = columns.lowerBound + k / 2
        // A knot is present where the columns on both sides of it are.
        let isHere = pixels.counts[k / 2] > 0 && (k % 2 == 0 || pixels.counts[k / 2 + 1] > 0)
        guard isHere else { continue }
        let slope = min(slopes[k], 60)
        let variance =
          max(result.variance[k], 0) + (0.04 * slope) * (0.04 * slope) + 0.03 * 0.03
          + (geometryError * slope) * (geometryError * slope)
        // The raw curvature is overconfident; 2.8 of it hold 95 %.
        let deviation = variance.squareRoot() * 2.8 / 1.96
        points[2 * (x - path.firstColumn) + k % 2] = TracePoint(
          y: Float(result.y[k]), standardDeviation: Float(deviation))
      }
    }
    return RowSignal(firstX: Double(path.firstColumn), stepX: spacing, points: points)
  }

  private func noise(_ map: InkMap) -> Double {
    // Unevenness of real ink is larger than the paper's noise.
    let paper = Double(map.noise)
    return paper < 0.015 ? 0.04 : min(max(3 * paper, 0.05), 0.15)
  }

  private func startingKnots(
    _ start: RowSignal, _ columns: ClosedRange<Int>, _ knots: Int
  ) -> [Double] {
    var y = (0..<knots).map { k -> Double? in
      start.y(at: Double(columns.lowerBound) + 0.5 * Double(k)).map(Double.init)
    }
    // Gaps are filled by straight lines.
    var last: Int?
    for k in y.indices where y[k] != nil {
      if let l = last, k - l > 1, let a = y[l], let b = y[k] {
        for i in (l + 1)..<k { y[i] = a + (b - a) * Double(i - l) / Double(k - l) }
      }
      last = k
    }
    let first = y.compactMap { $0 }.first ?? 0
    var carried = first
    return y.map { value in
      carried = value ?? carried
      return carried
    }
  }

  /// Stretches of columns with ink, gaps of up to `gap` columns included.
  private func runs(_ path: InkPath, hidden: Set<Int>, gap: Int) -> [ClosedRange<Int>] {
    var out: [ClosedRange<Int>] = []
    for (i, span) in path.spans.enumerated() where span != nil {
      let x = path.firstColumn + i
      if hidden.contains(x) { continue }
      if let last = out.last, x - last.upperBound <= gap {
        out[out.count - 1] = last.lowerBound...x
      } else {
        out.append(x...x)
      }
    }
    return out.filter { $0.count > 5 }
  }

  /// The largest |dy/dx| within three knots.
  static func steepness(_ y: [Double], _ spacing: Double) -> [Double] {
    y.indices.map { k in
      let near = max(0, k - 3)...min(y.count - 1, k + 3)
      var most = 0.0
      for i in near where i > 0 { most = max(most, abs(y[i] - y[i - 1]) / spacing) }
      return most
    }
  }
}
