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

  /// How far before and behind its ink a curve is drawn on where its trace goes on, in mm.
  package var beyondMillimeters = 0.4

  /// How exactly what is beside a mask must tell where the curve runs behind it, in mm.
  package var hiddenMillimeters = 0.1

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
  ///   - reaches: for each path where its traces begin and end, and where bars part them.
  ///   - isTaken: whether ink at a pixel is another row's or no trace; what is not may be the tip of
  ///     a wave of this one. Without it no tips are looked for.
  /// - Returns: `nil` where the stroke cannot be read off the page.
  func page(
    _ paths: [InkPath], centroids: [RowSignal], in map: InkMap, masks: [InkMasks],
    curves: [ReadCurve] = [], reaches: [RowReach?] = [],
    isTaken: (@Sendable (_ row: Int, _ x: Int, _ y: Int) -> Bool)? = nil
  ) -> Page? {
    guard let read = StrokeReader.shape(of: paths, signals: centroids, in: map) else { return nil }
    @Sendable func reach(_ row: Int) -> RowReach? { reaches.isEmpty ? nil : reaches[row] }
    let s = map.pixelsPerMillimeter
    let first = StrokeFit(
      shape: read, noise: StrokeEstimator.startingNoise(of: paths, in: map),
      smoothness: StrokeEstimator.smoothness(in: map))
    let stretches = paths.indices.flatMap { row in
      StrokeEstimator.runs(
        paths[row], gap: Int(longestGap * s), reach(row),
        beyond: beyondMillimeters * s
      ).map { (row: row, columns: $0) }
    }
    let runs = workers.map(stretches.count) { k in
      let (row, columns) = stretches[k]
      var (path, masks) = (paths[row], masks[row])
      var anchors = curves.isEmpty ? [] : StrokeEstimator.anchors(curves[row], columns)
      var start =
        curves.isEmpty ? StrokeEstimator.knots(centroids[row], columns) : anchors.map(\.y)
      if let isTaken {
        let tips = StrokeTips().cut(
          by: start, columns: columns, path: path, in: map, halfWidth: read.halfWidth,
          isTaken: { isTaken(row, $0, $1) })
        start = StrokeTips().drawnOut(start, to: tips, from: columns.lowerBound)
        for tip in tips {
          path.take(tip.rows, in: tip.columns)
          masks.uncover(tip.rows, in: tip.columns)
          guard !anchors.isEmpty else { continue }
          // What the network read there is what was cut.
          let first = 2 * (tip.columns.lowerBound - columns.lowerBound)
          let last = 2 * (tip.columns.upperBound - columns.lowerBound)
          for k in first...last { anchors[k].y = start[k] }
        }
      }
      let pixels = StrokePixels(
        map, path: path, columns: columns, masks: masks,
        margin: Int((bandMillimeters * s).rounded()))
      let near = first.annealed(pixels, from: start, anchors: anchors)
      var y = first.sharpened(pixels, from: near, anchors: anchors, steps: 6).y
      for x in reach(row)?.breaks ?? [] {
        let (low, high) = (Double(columns.lowerBound), Double(columns.upperBound))
        for isStart in [true, false] where abs((isStart ? low : high) - x) <= 2 {
          y = StrokeEnds(fit: first).searched(
            y, pixels: pixels, anchors: anchors, isStart: isStart)
        }
      }
      return Run(
        row: row, columns: columns, pixels: pixels, y: y, anchors: anchors, masks: masks)
    }
    let refined = StrokeRefiner(workers: workers).refined(samples(runs), fit: first)
    let fit = StrokeFit(
      shape: refined.shape,
      noise: min(max(refined.residual, noiseLimits.lowerBound), noiseLimits.upperBound),
      smoothness: first.smoothness, perPixel: refined.shape.isSharp ? 3 : 2)
    var page = Page(signals: centroids, shape: refined.shape, residuals: [])
    var residuals = [(sum: Double, count: Double)](repeating: (0, 0), count: paths.count)
    for (row, path) in paths.enumerated() where !path.rows.isEmpty {
      page.signals[row] = RowSignal(
        firstX: Double(path.firstColumn), stepX: fit.spacing,
        points: [TracePoint?](repeating: nil, count: fit.perPixel * (path.rows.count - 1) + 1))
    }
    let results = workers.map(runs.count) { k in
      fit.result(
        fit.sharpened(
          runs[k].pixels, from: StrokeEstimator.resampled(runs[k].y, first, fit),
          anchors: StrokeEstimator.resampled(runs[k].anchors, first, fit), steps: 8))
    }
    for (run, result) in zip(runs, results) {
      guard let result else { return nil }
      let weight = Double(run.columns.count)
      residuals[run.row].sum += weight * result.residual * result.residual
      residuals[run.row].count += weight
      let offset = fit.perPixel * (run.columns.lowerBound - paths[run.row].firstColumn)
      for (k, point) in points(
        result, run, fit, reach(run.row), pixelsPerMillimeter: s
      ).enumerated() {
        page.signals[run.row].points[offset + k] = point
      }
    }
    page.residuals = residuals.map { ($0.sum / max($0.count, 1)).squareRoot() }
    return page
  }

  /// The noise level of the pixels as far as it is known before anything is fitted.
  ///
  /// On pages of two tones an edge is a step somewhere in its pixel, however clean they are.
  private static func startingNoise(of paths: [InkPath], in map: InkMap) -> Double {
    var (between, dark) = (0, 0)
    for path in paths {
      for (x, span) in zip(path.columns, path.spans) {
        guard let span else { continue }
        for y in max(span.lowerBound - 1, 0)...min(span.upperBound + 1, map.ink.height - 1) {
          let ink = map.ink[x, y]
          if ink > 0.8 { dark += 1 } else if ink > 0.2 { between += 1 }
        }
      }
    }
    return 20 * between < dark ? 0.15 : min(max(0.6 * Double(map.noise), 0.05), 0.1)
  }

  /// The scale of the second differences between knots, in pixels.
  ///
  /// Of a drawn page every pixel is a measurement of its own. Noise of paper and camera, their blur
  /// and what is left of a photo's warp are alike over some pixels: together they say less.
  ///
  /// > Source: our own measurements (`Docs/Accuracy.md`): photos and scans gain 0.2 dB.
  private static func smoothness(in map: InkMap) -> Double {
    let drawn = 1.8 * max(8 / map.pixelsPerMillimeter, 1)
    let noise = min(max((Double(map.noise) - 0.015) / 0.015, 0), 1)
    return drawn * (1 - 0.48 * noise)
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
    _ result: StrokeFit.Result, _ run: Run, _ fit: StrokeFit, _ reach: RowReach?,
    pixelsPerMillimeter: Double
  ) -> [TracePoint?] {
    let pixels = run.pixels
    let (shape, perPixel) = (fit.shape, fit.perPixel)
    let slopes = StrokeEstimator.steepness(result.y, perPixel: perPixel)
    let hidden = hiddenMillimeters * pixelsPerMillimeter
    // A thin bar that closes the row hides less than one between leads.
    let closed = reach?.closed(millimeters: 0.5, pixelsPerMillimeter: pixelsPerMillimeter)
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
      let most = closed?.contains(x) == true ? 3 * hidden : hidden
      if result.variance[k] > most * most,
        run.masks.contains(x: x, y: Int((y - shape.halfWidth).rounded())),
        run.masks.contains(x: x, y: Int((y + shape.halfWidth).rounded()))
      {
        return nil
      }
      let slope = min(slopes[k], 60)
      // What knots cannot show: corners between them.
      let bent = 1.4 * min(StrokeEstimator.bend(result.y, at: k), 30)
      let variance =
        max(result.variance[k], 0) + bent * bent + (0.03 * slope) * (0.03 * slope) + 0.03 * 0.03
        + (geometryError * slope) * (geometryError * slope)
      // The raw curvature is overconfident; 2.17 of it hold 95 %.
      let deviation = variance.squareRoot() * 2.17 / 1.96
      return TracePoint(y: Float(result.y[k]), standardDeviation: Float(deviation))
    }
  }

  /// |second difference| at a knot; 0 at the ends.
  private static func bend(_ y: [Double], at k: Int) -> Double {
    k > 0 && k + 1 < y.count ? abs(y[k - 1] - 2 * y[k] + y[k + 1]) : 0
  }

  /// The largest |dy/dx| within one and a half pixels.
  static func steepness(_ y: [Double], perPixel: Int) -> [Double] {
    let reach = 3 * perPixel / 2
    return y.indices.map { k in
      let near = max(0, k - reach)...min(y.count - 1, k + reach)
      var most = 0.0
      for i in near where i > 0 { most = max(most, abs(y[i] - y[i - 1]) * Double(perPixel)) }
      return most
    }
  }
}
