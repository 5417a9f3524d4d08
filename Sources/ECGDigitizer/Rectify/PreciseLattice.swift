package import ECGCore
package import ECGImaging
import ECGNumerics

/// Makes a found lattice precise: measures its lines in the photo, fits, and again.
///
/// Each pass looks closer than the one before. Only the second and third know line offsets: a smooth lattice would follow most of the printer's rounding. What of it is
/// quantization (``GridQuantization``) the third expects.
package struct PreciseLattice {
  let parameters: RectifyParameters
  /// Threads that share the work.
  let workers: Workers

  package init(parameters: RectifyParameters, workers: Workers = .one) {
    (self.parameters, self.workers) = (parameters, workers)
  }

  /// What became of a lattice.
  package struct Result: Sendable {
    /// Places in pixels of the photo, over the printed grid and two cells more where the photo
    /// goes on.
    package var lattice: GrownLattice
    package var quality: GridQuality
  }

  private var limits: RectifyParameters.Fit { parameters.fit }

  package func refine(_ found: FoundLattice, in photo: Raster<PhotoSpace>) -> Result {
    let wanted =
      found.photoPixelsPerCell
      / (found.isFine ? limits.pixelsPerFineCell : limits.pixelsPerCell)
    let factor = limits.goodEnough.contains(wanted) ? 1 : wanted
    let working = ScaledPhoto(photo, factor: factor, workers: workers)
    let cell = found.photoPixelsPerCell / working.photoPixelsPerPixel
    var lattice = found.lattice.filled(margin: 2)
    lattice.places = lattice.places.map(working.scaledPoint)
    var fit = LatticeFit(lattice, cell: cell, limits)
    fit.smooth(lattice.places, weights: lattice.quality)

    let signal = GridSignal(parameters: parameters.signal).plane(
      of: working.raster, reach: Int(cell), rounds: 5, workers: workers)
    let clear = InkMask(parameters: parameters.ink, workers: workers)
      .clear(working.raster, fit: fit)
    let meter = LineMeter(
      signal: signal, clear: clear, parameters: parameters.lines, workers: workers)
    var measurements: [LineMeasurement] = []
    var residuals: [Float] = []
    var printPixel: Double?
    for (k, pass) in limits.passes.enumerated() where !workers.isCancelled {
      // Half way to the next line at most.
      measurements = meter.measure(
        fit, range: found.isFine ? min(pass.range, limits.fineRange) : pass.range)
      residuals = fit.fit(measurements, pass, offsetWeight: k > 0 ? 1 : nil)
      if k > 0 {
        printPixel = expectQuantization(
          in: &fit, measurements, residuals, photoPixels: found.photoPixelsPerCell)
      }
    }
    let spread =
      residuals.map { abs($0) }.median().map { Double($0) * 1.4826 } ?? limits.unknownSpread
    let (columns, rows) = printed(fit, measurements, residuals)
    lattice.places = fit.places.map(working.photoPoint)
    lattice.quality = [Double](repeating: 1, count: fit.columns * fit.rows)
    let printed = lattice.cut(columns: columns, rows: rows)
    let edges = 2 * columns.count * rows.count
    return Result(
      lattice: printed.filled(margin: 2).within(photo.size),
      quality: GridQuality(
        crossings: found.lattice.count, meanPhase: found.lattice.meanQuality,
        coverage: min(1, Double(found.lattice.count) / Double(columns.count * rows.count)),
        measuredShare: min(1, Double(residuals.count) / Double(edges * LineMeter.places)),
        residualMillimeters: 5 * spread, printPixelMillimeters: printPixel.map { 5 * $0 }))
  }

  /// Tells `fit` where lines are off because the page was drawn on whole pixels.
  ///
  /// - Returns: the size of these pixels in cells; `nil` if none shows.
  private func expectQuantization(
    in fit: inout LatticeFit, _ measurements: [LineMeasurement], _ residuals: [Float],
    photoPixels: Double
  ) -> Double? {
    let counts = counts(fit, measurements, residuals).map(Double.init)
    var pixels: [Double] = []
    for lines in [0..<fit.columns, fit.columns..<(fit.columns + fit.rows)] {
      let most = counts[lines].max() ?? 0
      let weights = counts[lines].map { $0 > limits.leastShare * most ? $0 : 0 }
      let raster = GridQuantization(
        offsets: Array(fit.lineOffsets[lines]), weights: weights,
        parameters: parameters.quantization)
      for (k, line) in lines.enumerated() {
        fit.expectedOffsets[line] = raster?.offset(ofLine: k) ?? 0
        fit.isQuantized[line] = raster != nil
      }
      if let raster { pixels.append(raster.precisePixel(photoPixels: photoPixels)) }
    }
    return pixels.isEmpty ? nil : pixels.reduce(0, +) / Double(pixels.count)
  }

  /// The columns and rows that are printed: outer lines on which hardly anything was measured, or
  /// what was measured does not fit, are beyond the grid.
  private func printed(
    _ fit: LatticeFit, _ measurements: [LineMeasurement], _ residuals: [Float]
  ) -> (ClosedRange<Int>, ClosedRange<Int>) {
    let counts = counts(fit, measurements, residuals)
    func range(_ counts: ArraySlice<Int>) -> ClosedRange<Int> {
      let sorted = counts.sorted()
      let least = max(2, sorted[sorted.count * 2 / 3] / 4)
      let kept = counts.indices.filter { counts[$0] >= least }
      guard let first = kept.first, let last = kept.last, last - first >= 3 else {
        return 0...(counts.count - 1)
      }
      return (first - counts.startIndex)...(last - counts.startIndex)
    }
    return (range(counts[..<fit.columns]), range(counts[fit.columns...]))
  }

  /// How many measurements fit each line.
  private func counts(
    _ fit: LatticeFit, _ measurements: [LineMeasurement], _ residuals: [Float]
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: fit.columns + fit.rows)
    for (m, residual) in zip(measurements, residuals) where abs(residual) < limits.near {
      counts[Int(m.line)] += 1
    }
    return counts
  }
}
