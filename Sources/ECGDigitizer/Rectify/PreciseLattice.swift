import ECGCore
import ECGImaging

/// Makes a found lattice precise: measures its lines in the photo, fits, and again.
///
/// The first pass looks ±0.25 cell across, the last ±0.1. Only the second and third know
/// line offsets: a smooth lattice would follow most of the printer's rounding.
struct PreciseLattice {
  /// Cells of the working picture, in pixels: below 20 the measurement loses, above 30 it gains
  /// nothing.
  static let pixelsPerCell = 24.0

  /// What became of a lattice.
  struct Result: Sendable {
    /// Places in pixels of the photo.
    var lattice: GrownLattice
    /// Robust spread of the measured places about the lattice, in mm.
    var residualMillimeters: Double
    /// The part of the places looked at that could be measured.
    var measuredShare: Double
  }

  func refine(_ found: FoundLattice, in photo: Raster<PhotoSpace>) -> Result {
    let wanted = found.photoPixelsPerCell / PreciseLattice.pixelsPerCell
    let factor = (0.8...1.25).contains(wanted) ? 1 : wanted
    let working = ScaledPhoto(photo, factor: factor)
    let cell = found.photoPixelsPerCell / working.photoPixelsPerPixel
    var lattice = found.lattice.filled(margin: 2)
    lattice.places = lattice.places.map(working.scaledPoint)
    var fit = LatticeFit(lattice, cell: cell)
    fit.smooth(lattice.places, weights: lattice.quality, .init(weight: 0.3, huber: 0.02))

    let signal = GridSignal.plane(of: working.raster, reach: Int(cell))
    let meter = LineMeter(signal: signal, clear: InkMask.clear(working.raster, fit: fit))
    var residuals: [Float] = []
    for (k, pass) in PreciseLattice.passes.enumerated() {
      let measurements = meter.measure(fit, range: pass.range)
      residuals = fit.fit(
        measurements, .init(weight: pass.stiffness), tukey: pass.tukey,
        offsetWeight: k > 0 ? 1 : nil)
    }
    let sizes = residuals.map { abs($0) }.sorted()
    let spread = sizes.isEmpty ? 0.25 : Double(sizes[sizes.count / 2]) * 1.4826
    lattice.places = fit.places.map(working.photoPoint)
    let edges = (fit.columns - 1) * fit.rows + fit.columns * (fit.rows - 1)
    return Result(
      lattice: lattice, residualMillimeters: 5 * spread,
      measuredShare: Double(residuals.count) / Double(max(1, edges * LineMeter.places)))
  }

  private static let passes: [(range: Double, stiffness: Double, tukey: Double)] = [
    (0.25, 0.3, 0.10), (0.14, 0.10, 0.06), (0.10, 0.05, 0.03),
  ]
}
