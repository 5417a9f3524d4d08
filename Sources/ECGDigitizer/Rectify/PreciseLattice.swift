import ECGCore
import ECGImaging

/// Makes a found lattice precise: measures its lines in the photo, fits, and again.
///
/// The first pass looks ±0.25 cell across, the last ±0.1. Only the second and third know
/// line offsets: a smooth lattice would follow most of the printer's rounding. What of it is a
/// raster's (`PrintRaster`) the third expects.
struct PreciseLattice {
  /// Cells of the working picture, in pixels: below 20 the measurement loses, above 30 it gains
  /// nothing.
  static let pixelsPerCell = 28.0
  /// The same where lines are 1 mm apart and all alike: what blurs one must not reach the next.
  static let pixelsPerFineCell = 56.0
  /// Threads that share the work.
  var workers = Workers.one

  /// What became of a lattice.
  struct Result: Sendable {
    /// Places in pixels of the photo, over the printed grid and two cells more where the photo
    /// goes on.
    var lattice: GrownLattice
    var quality: GridQuality
  }

  func refine(_ found: FoundLattice, in photo: Raster<PhotoSpace>) -> Result {
    let wanted =
      found.photoPixelsPerCell
      / (found.isFine ? PreciseLattice.pixelsPerFineCell : PreciseLattice.pixelsPerCell)
    let factor = (0.8...1.35).contains(wanted) ? 1 : wanted
    let working = ScaledPhoto(photo, factor: factor, workers: workers)
    let cell = found.photoPixelsPerCell / working.photoPixelsPerPixel
    var lattice = found.lattice.filled(margin: 2)
    lattice.places = lattice.places.map(working.scaledPoint)
    var fit = LatticeFit(lattice, cell: cell)
    fit.smooth(lattice.places, weights: lattice.quality, .init(weight: 0.3, huber: 0.02))

    let signal = GridSignal.plane(
      of: working.raster, reach: Int(cell), rounds: 5, workers: workers)
    let clear = InkMask.clear(working.raster, fit: fit, workers: workers)
    let meter = LineMeter(signal: signal, clear: clear, workers: workers)
    var measurements: [LineMeasurement] = []
    var residuals: [Float] = []
    var printPixel: Double?
    for (k, pass) in PreciseLattice.passes.enumerated() {
      // Half way to the next line at most.
      measurements = meter.measure(fit, range: found.isFine ? min(pass.range, 0.1) : pass.range)
      residuals = fit.fit(
        measurements, .init(weight: pass.stiffness), tukey: pass.tukey,
        offsetWeight: k > 0 ? 1 : nil)
      if k > 0 {
        printPixel = PreciseLattice.expectRaster(
          in: &fit, measurements, residuals, photoPixels: found.photoPixelsPerCell)
      }
    }
    let sizes = residuals.map { abs($0) }.sorted()
    let spread = sizes.isEmpty ? 0.25 : Double(sizes[sizes.count / 2]) * 1.4826
    let (columns, rows) = PreciseLattice.printed(fit, measurements, residuals)
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
  /// - Returns: the size of these pixels in cells; `nil` if no raster shows.
  private static func expectRaster(
    in fit: inout LatticeFit, _ measurements: [LineMeasurement], _ residuals: [Float],
    photoPixels: Double
  ) -> Double? {
    var counts = [Double](repeating: 0, count: fit.columns + fit.rows)
    for (m, residual) in zip(measurements, residuals) where abs(residual) < 0.03 {
      counts[Int(m.line)] += 1
    }
    var pixels: [Double] = []
    for lines in [0..<fit.columns, fit.columns..<(fit.columns + fit.rows)] {
      let most = counts[lines].max() ?? 0
      let weights = counts[lines].map { $0 > 0.2 * most ? $0 : 0 }
      let raster = PrintRaster(offsets: Array(fit.lineOffsets[lines]), weights: weights)
      for (k, line) in lines.enumerated() {
        fit.expectedOffsets[line] = raster?.offset(ofLine: k) ?? 0
        fit.isRaster[line] = raster != nil
      }
      if let raster { pixels.append(raster.precisePixel(photoPixels: photoPixels)) }
    }
    return pixels.isEmpty ? nil : pixels.reduce(0, +) / Double(pixels.count)
  }

  /// The columns and rows that are printed: outer lines on which hardly anything was measured, or
  /// what was measured does not fit, are beyond the grid.
  private static func printed(
    _ fit: LatticeFit, _ measurements: [LineMeasurement], _ residuals: [Float]
  ) -> (ClosedRange<Int>, ClosedRange<Int>) {
    var counts = [Int](repeating: 0, count: fit.columns + fit.rows)
    for (m, residual) in zip(measurements, residuals) where abs(residual) < 0.03 {
      counts[Int(m.line)] += 1
    }
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

  private static let passes: [(range: Double, stiffness: Double, tukey: Double)] = [
    (0.25, 0.3, 0.10), (0.14, 0.10, 0.06), (0.10, 0.05, 0.03),
  ]
}
