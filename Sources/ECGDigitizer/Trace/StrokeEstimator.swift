import ECGCore
package import ECGImaging

/// The sub-pixel estimator of a page: the stroke fit of every row, started at the centroids.
///
/// In order: the stroke's shape is read off flat stretches, the rows are fitted with it, the
/// shape is bettered on the tallest stretches, and the rows are fitted again.
package struct StrokeEstimator: Sendable {
  /// Local error of the page's geometry in pixels rms; it reaches the curve by its slope.
  package var geometryError: Double
  /// Ink-free stretches longer than this split a row into runs, in mm.
  package var longestGap = 3.0
  /// How far beyond a row's own ink pixels are explained, in mm.
  package var bandMillimeters = 0.6
  /// The least and the largest noise level of the pixels that the fit believes.
  package var noiseLimits = 0.03...0.15

  /// Threads that share the runs.
  private let workers: Workers

  package init(geometryError: Double, workers: Workers = .one) {
    self.geometryError = geometryError
    self.workers = workers
  }

  /// What the fit of a page found.
  struct Page: Sendable {
    /// The curve of each row; absent where the row has no ink.
    var signals: [RowSignal]
    var shape: StrokeShape
    /// Root mean square of the ink that each row's curve does not explain, on its edges.
    var residuals: [Double]
  }

  /// One gap-free stretch of a row.
  private struct Run {
    var row: Int
    var columns: ClosedRange<Int>
    var pixels: StrokePixels
    var y: [Double]
    var anchors: [StrokeAnchor]
    var masks: InkMasks
  }

  /// Fits the rows `paths`, started at `centroids`.
  ///
  /// - Parameters:
  ///   - masks: for each path the pixels that say nothing.
  ///   - curves: for each path what a network read, if one did: the fit starts there, and holds
  ///     to it where pixels say nothing.
  ///   - isTaken: whether ink at a pixel is another row's or no trace; what is not may be the tip of
  ///     a wave of this one.
  /// - Returns: `nil` where the stroke cannot be read off the page.
  func page(
    _ paths: [InkPath], centroids: [RowSignal], in map: InkMap, masks: [InkMasks],
    curves: [ReadCurve] = [],
    isTaken: @Sendable (_ row: Int, _ x: Int, _ y: Int) -> Bool = { _, _, _ in true }
  ) -> Page? {
    guard let read = StrokeReader.shape(of: paths, signals: centroids, in: map) else { return nil }
    let s = map.pixelsPerMillimeter
    let first = StrokeFit(
      shape: read, noise: min(max(0.6 * Double(map.noise), 0.05), 0.1),
      smoothness: 1.43 * max(8 / s, 1))
    let stretches = paths.indices.flatMap { row in
      StrokeEstimator.runs(paths[row], gap: Int(longestGap * s)).map { (row: row, columns: $0) }
    }
    let runs = workers.map(stretches.count) { k in
      let (row, columns) = stretches[k]
      var (path, masks) = (paths[row], masks[row])
      var anchors = curves.isEmpty ? [] : StrokeEstimator.anchors(curves[row], columns)
      var start =
        curves.isEmpty ? StrokeEstimator.knots(centroids[row], columns) : anchors.map(\.y)
      let tips = StrokeTips().cut(
        by: start, columns: columns, path: path, in: map, halfWidth: read.halfWidth,
        isTaken: { isTaken(row, $0, $1) })
      start = StrokeTips().drawnOut(start, to: tips, from: columns.lowerBound)
      // What the network read there is what was cut.
      for tip in tips where !anchors.isEmpty {
        let first = 2 * (tip.columns.lowerBound - columns.lowerBound)
        let last = 2 * (tip.columns.upperBound - columns.lowerBound)
        for k in first...last { anchors[k].y = start[k] }
      }
      for tip in tips {
        path.take(tip.rows, in: tip.columns)
        masks.uncover(tip.rows, in: tip.columns)
      }
      let pixels = StrokePixels(
        map, path: path, columns: columns, masks: masks,
        margin: Int((bandMillimeters * s).rounded()))
      let near = first.annealed(pixels, from: start, anchors: anchors)
      let y = first.sharpened(pixels, from: near, anchors: anchors, steps: 6).y
      return Run(
        row: row, columns: columns, pixels: pixels, y: y, anchors: anchors, masks: masks)
    }
    let refined = StrokeRefiner(workers: workers).refined(samples(runs), fit: first)
    let fit = StrokeFit(
      shape: refined.shape,
      noise: min(max(refined.residual, noiseLimits.lowerBound), noiseLimits.upperBound),
      smoothness: first.smoothness)
    var page = Page(signals: centroids, shape: refined.shape, residuals: [])
    var residuals = [(sum: Double, count: Double)](repeating: (0, 0), count: paths.count)
    for (row, path) in paths.enumerated() where !path.rows.isEmpty {
      page.signals[row] = RowSignal(
        firstX: Double(path.firstColumn), stepX: StrokeFit.spacing,
        points: [TracePoint?](repeating: nil, count: 2 * path.rows.count - 1))
    }
    let results = workers.map(runs.count) { k in
      fit.result(
        fit.sharpened(runs[k].pixels, from: runs[k].y, anchors: runs[k].anchors, steps: 8))
    }
    for (run, result) in zip(runs, results) {
      guard let result else { return nil }
      let weight = Double(run.columns.count)
      residuals[run.row].sum += weight * result.residual * result.residual
      residuals[run.row].count += weight
      let offset = 2 * (run.columns.lowerBound - paths[run.row].firstColumn)
      for (k, point) in points(result, run, run.masks, fit.shape).enumerated() {
        page.signals[run.row].points[offset + k] = point
      }
    }
    page.residuals = residuals.map { ($0.sum / max($0.count, 1)).squareRoot() }
    return page
  }

  /// The stretches on which the shape is bettered: the tallest 1000 columns or so.
  private func samples(_ runs: [Run]) -> [StrokeRefiner.Sample] {
    let width = 100
    var windows: [(run: Int, first: Int, height: Double)] = []
    for (index, run) in runs.enumerated() {
      for first in stride(from: 0, to: max(run.columns.count - width + 1, 1), by: width) {
        let knots = run.y[(2 * first)..<min(2 * (first + width), run.y.count)]
        windows.append((index, first, (knots.max() ?? 0) - (knots.min() ?? 0)))
      }
    }
    windows.sort { $0.height > $1.height }
    var columns = [[Int]](repeating: [], count: runs.count)
    for window in windows.prefix(10) {
      let last = min(window.first + width, runs[window.run].columns.count)
      columns[window.run] += (window.first..<last).filter {
        runs[window.run].pixels.isWhole(column: $0)
      }
    }
    return runs.indices.filter { !columns[$0].isEmpty }.map {
      StrokeRefiner.Sample(pixels: runs[$0].pixels, y: runs[$0].y, columns: columns[$0].sorted())
    }
  }

  /// The knots of a run as points, absent between columns without ink.
  private func points(
    _ result: StrokeFit.Result, _ run: Run, _ masks: InkMasks, _ shape: StrokeShape
  ) -> [TracePoint?] {
    let pixels = run.pixels
    let slopes = StrokeEstimator.steepness(result.y, StrokeFit.spacing)
    return result.y.indices.map { k in
      // A knot is present where the columns on both sides of it are.
      guard pixels.counts[k / 2] > 0 && (k % 2 == 0 || pixels.counts[k / 2 + 1] > 0) else {
        return nil
      }
      // Nor where both edges of the stroke lie behind a mask.
      let (x, y) = (run.columns.lowerBound + k / 2, result.y[k])
      if masks.contains(x: x, y: Int((y - shape.halfWidth).rounded())),
        masks.contains(x: x, y: Int((y + shape.halfWidth).rounded()))
      {
        return nil
      }
      let slope = min(slopes[k], 60)
      let variance =
        max(result.variance[k], 0) + (0.04 * slope) * (0.04 * slope) + 0.03 * 0.03
        + (geometryError * slope) * (geometryError * slope)
      // The raw curvature is overconfident; 2.8 of it hold 95 %.
      let deviation = variance.squareRoot() * 2.8 / 1.96
      return TracePoint(y: Float(result.y[k]), standardDeviation: Float(deviation))
    }
  }

  /// What `curve` says about the knots of `columns`.
  private static func anchors(
    _ curve: ReadCurve, _ columns: ClosedRange<Int>
  ) -> [StrokeAnchor] {
    (0..<(2 * columns.count - 1)).map { k in
      let x = Double(columns.lowerBound) + 0.5 * Double(k)
      let i = min(max(Int(x) - curve.firstColumn, 0), curve.deviations.count - 1)
      // Two knots share a column; a network's error is alike over some columns.
      let deviation = max(2, 2 * Double(curve.deviations[i])) * 2
      // Where other places are likely, too, nothing is held to.
      let sureness = max(0, 2 * Double(curve.masses[i]) - 1)
      return StrokeAnchor(
        y: curve.y(at: x), weight: sureness * sureness / (deviation * deviation))
    }
  }

  /// The curve `signal` at the knots of `columns`; gaps are filled by straight lines.
  private static func knots(_ signal: RowSignal, _ columns: ClosedRange<Int>) -> [Double] {
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

  /// Stretches of columns with ink, gaps of up to `gap` columns included.
  private static func runs(_ path: InkPath, gap: Int) -> [ClosedRange<Int>] {
    var out: [ClosedRange<Int>] = []
    for (i, span) in path.spans.enumerated() where span != nil {
      let x = path.firstColumn + i
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
