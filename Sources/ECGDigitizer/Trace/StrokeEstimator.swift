import ECGCore
import ECGImaging

/// The sub-pixel estimator of a page: the stroke fit of every row, started at the centroids.
///
/// In order: the stroke's shape is read off flat stretches, the rows are fitted with it, the
/// shape is bettered on the tallest stretches, and the rows are fitted again.
struct StrokeEstimator: Sendable {
  let parameters: TraceParameters
  /// Local error of the page's geometry in pixels rms; it reaches the curve by its slope.
  let geometryError: Double
  /// Threads that share the runs.
  let workers: Workers

  init(_ parameters: TraceParameters, geometryError: Double, workers: Workers) {
    self.parameters = parameters
    self.geometryError = geometryError
    self.workers = workers
  }

  /// What is fitted.
  struct Page: Sendable {
    /// Each row's ink.
    var paths: [InkPath]
    /// Where each row's fit starts if there are no ``curves``.
    var centroids: [RowSignal]
    var map: InkMap
    /// For each path the pixels that say nothing.
    var masks: [InkMasks]
    /// For each path what a network read, if one did: the fit starts there, and holds to it where
    /// pixels say nothing.
    var curves: [ReadCurve] = []
    /// For each path where its traces begin and end, and where bars part them.
    var reaches: [RowReach?] = []
    /// Whether ink at a pixel is another row's or no trace; what is not may be a clipped peak of
    /// this one. Without it none are looked for.
    var isTaken: (@Sendable (_ row: Int, _ x: Int, _ y: Int) -> Bool)?

    func reach(_ row: Int) -> RowReach? { reaches.isEmpty ? nil : reaches[row] }
  }

  /// One gap-free stretch of a row.
  struct Run {
    var row: Int
    var columns: ClosedRange<Int>
    var pixels: StrokePixels
    var y: [Double]
    var anchors: [StrokeAnchor]
    var masks: InkMasks
  }

  /// The curve of each row of `page`, absent where the row has no ink; `nil` where the stroke
  /// cannot be read off the page, or a fit fails.
  func signals(of page: Page) -> [RowSignal]? {
    let (paths, map) = (page.paths, page.map)
    guard
      let read = StrokeReader(parameters: parameters.pen)
        .shape(of: paths, signals: page.centroids, in: map)
    else { return nil }
    let first = StrokeFit(
      parameters: parameters.fit, shape: read, noise: startingNoise(of: paths, in: map),
      smoothness: smoothness(in: map), workers: workers)
    let stretches = paths.indices.flatMap { row in
      self.runs(paths[row], page.reach(row), map.pixelsPerMillimeter)
        .map { (row: row, columns: $0) }
    }
    let runs = workers.map(stretches.count) { k in
      fitted(stretches[k].columns, of: stretches[k].row, on: page, by: first)
    }
    if workers.isCancelled { return nil }
    let refined = StrokeRefiner(parameters: parameters.refinement, workers: workers)
      .refined(samples(runs), fit: first)
    var fit = first
    fit.shape = refined.shape
    fit.noise = min(max(refined.residual, fit.parameters.leastNoise), fit.parameters.largestNoise)
    fit.perPixel = fit.isSharp ? 3 : 2
    return signals(of: page, runs, first: first, fit: fit)
  }

  /// The first fit of one stretch of a row: its peaks drawn out, its ends beside bars looked for.
  private func fitted(
    _ columns: ClosedRange<Int>, of row: Int, on page: Page, by fit: StrokeFit
  ) -> Run {
    let (map, s) = (page.map, page.map.pixelsPerMillimeter)
    var (path, masks) = (page.paths[row], page.masks[row])
    var anchors = page.curves.isEmpty ? [] : anchors(page.curves[row], columns)
    var start =
      page.curves.isEmpty
      ? StrokeEstimator.knots(page.centroids[row], columns) : anchors.map(\.y)
    if let isTaken = page.isTaken {
      let clipping = ClippedPeaks(parameters.peaks)
      let peaks = clipping.clipped(
        by: start, columns: columns, path: path, in: map, halfWidth: fit.shape.halfWidth,
        isTaken: { isTaken(row, $0, $1) })
      start = clipping.drawnOut(start, to: peaks, from: columns.lowerBound)
      for peak in peaks {
        path.take(peak.rows, in: peak.columns)
        masks.uncover(peak.rows, in: peak.columns)
        guard !anchors.isEmpty else { continue }
        // What the network read there is what was clipped.
        let first = 2 * (peak.columns.lowerBound - columns.lowerBound)
        let last = 2 * (peak.columns.upperBound - columns.lowerBound)
        for k in first...last { anchors[k].y = start[k] }
      }
    }
    let pixels = StrokePixels(
      map, path: path, columns: columns, masks: masks,
      margin: Int((parameters.runs.band * s).rounded()), darkest: fit.parameters.darkest)
    let near = fit.annealed(pixels, from: start, anchors: anchors)
    var y = fit.sharpened(pixels, from: near, anchors: anchors, steps: fit.parameters.steps).y
    let ends = StrokeEnds(fit: fit, parameters: parameters.ends)
    for x in page.reach(row)?.breaks ?? [] {
      let (low, high) = (Double(columns.lowerBound), Double(columns.upperBound))
      for isStart in [true, false]
      where abs((isStart ? low : high) - x) <= parameters.ends.nearBar {
        y = ends.searched(y, pixels: pixels, anchors: anchors, isStart: isStart)
      }
    }
    return Run(row: row, columns: columns, pixels: pixels, y: y, anchors: anchors, masks: masks)
  }

  /// The last fit of all runs, as one curve for each row.
  private func signals(
    of page: Page, _ runs: [Run], first: StrokeFit, fit: StrokeFit
  ) -> [RowSignal]? {
    var signals = page.centroids
    for (row, path) in page.paths.enumerated() where !path.rows.isEmpty {
      signals[row] = RowSignal(
        firstX: Double(path.firstColumn), stepX: fit.spacing,
        points: [TracePoint?](repeating: nil, count: fit.perPixel * (path.rows.count - 1) + 1))
    }
    let results = workers.map(runs.count) { k in
      fit.result(
        fit.sharpened(
          runs[k].pixels, from: StrokeEstimator.resampled(runs[k].y, first, fit),
          anchors: StrokeEstimator.resampled(runs[k].anchors, first, fit),
          steps: fit.parameters.lastSteps))
    }
    for (run, result) in zip(runs, results) {
      guard let result else { return nil }
      let offset = fit.perPixel * (run.columns.lowerBound - page.paths[run.row].firstColumn)
      let points = points(
        result, run, fit, page.reach(run.row), pixelsPerMillimeter: page.map.pixelsPerMillimeter)
      for (k, point) in points.enumerated() { signals[run.row].points[offset + k] = point }
    }
    return signals
  }

  /// The noise level of the pixels as far as it is known before anything is fitted.
  ///
  /// On pages of two tones an edge is a step somewhere in its pixel, however clean they are.
  private func startingNoise(of paths: [InkPath], in map: InkMap) -> Double {
    let fit = parameters.fit
    var (between, dark) = (0, 0)
    for path in paths {
      for (x, span) in zip(path.columns, path.spans) {
        guard let span else { continue }
        for y in map.ink.rows(span.lowerBound - 1, through: span.upperBound + 1) {
          let ink = map.ink[x, y]
          if ink > fit.fullInk { dark += 1 } else if ink > fit.edgeInk { between += 1 }
        }
      }
    }
    if 20 * between < dark { return fit.largestNoise }
    return min(
      max(fit.noiseShare * Double(map.noise), fit.leastStartingNoise), fit.largestStartingNoise)
  }

  /// The scale of the second differences between knots, in pixels.
  ///
  /// Of a drawn page every pixel is a measurement of its own. Noise of paper and camera, their blur
  /// and what is left of a photo's warp are alike over some pixels: together they say less.
  ///
  /// > Source: our own measurements (`Docs/Accuracy.md`): photos and scans gain 0.2 dB.
  private func smoothness(in map: InkMap) -> Double {
    let fit = parameters.fit
    let drawn = fit.smoothness * max(8 / map.pixelsPerMillimeter, 1)
    let noise = min(max((Double(map.noise) - fit.quietNoise) / fit.noiseRange, 0), 1)
    return drawn * (1 - fit.noisySmoothness * noise)
  }

  /// The stretches on which the shape is bettered: the tallest 1000 columns or so.
  private func samples(_ runs: [Run]) -> [StrokeRefiner.Sample] {
    let width = parameters.refinement.windowColumns
    var windows: [(run: Int, first: Int, height: Double)] = []
    for (index, run) in runs.enumerated() {
      for first in stride(from: 0, to: max(run.columns.count - width + 1, 1), by: width) {
        let knots = run.y[(2 * first)..<min(2 * (first + width), run.y.count)]
        windows.append((index, first, (knots.max() ?? 0) - (knots.min() ?? 0)))
      }
    }
    windows.sort { $0.height > $1.height }
    var columns = [[Int]](repeating: [], count: runs.count)
    for window in windows.prefix(parameters.refinement.windows) {
      let last = min(window.first + width, runs[window.run].columns.count)
      columns[window.run] += (window.first..<last).filter {
        runs[window.run].pixels.isWhole(column: $0)
      }
    }
    return runs.indices.filter { !columns[$0].isEmpty }.map {
      StrokeRefiner.Sample(pixels: runs[$0].pixels, y: runs[$0].y, columns: columns[$0].sorted())
    }
  }
}
