package import ECGCore
package import ECGImaging
import ECGNetworks

/// Makes the page flat by its printed grid.
package struct GridRectifier: Rectifying {
  /// The network that helps to find the lattice, or why it cannot; `nil` if none is wanted.
  package var network: Preparing<LatticeSession>?
  /// Threads that share the work.
  private let workers: Workers

  /// Creates the stage.
  package init(network: Preparing<LatticeSession>? = nil, workers: Workers = .one) {
    self.network = network
    self.workers = workers
  }

  package func rectify(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    try PageShape.check(photo.size)
    guard let (found, precise) = bestLattice(in: photo, findings: &findings) else {
      return try withoutGrid(photo, options: options, findings: &findings)
    }
    report(found, precise.quality, &findings)
    let drawn = DrawnGrid().straightened(precise.lattice)
    var geometry =
      drawn.flatMap { PageGeometry(drawn: $0) }
      ?? PageGeometry(
        drawn?.lattice ?? FlatPaper().mended(precise.lattice),
        photoPixelsPerCell: found.photoPixelsPerCell)
    // What single measurements spread tells how rough the paper is; places were seen to be off by
    // two to three times that, and by where time begins.
    let floor = drawn == nil ? 0.01 : 0.004
    let error = (pow2(floor) + pow2(2.5 * precise.quality.residualMillimeters)).squareRoot()
    (geometry.errorMillimeters, geometry.gridQuality) = (error, precise.quality)
    return RectifiedPage(
      page: PageResampler(workers: workers).page(of: photo, through: geometry), geometry: geometry,
      scaleEvidence: .grid, geometryErrorPixels: error * geometry.pixelsPerMillimeterX)
  }

  /// The likeliest lattice that holds when its lines are measured.
  private func bestLattice(
    in photo: Raster<PhotoSpace>, findings: inout [Finding]
  ) -> (found: FoundLattice, precise: PreciseLattice.Result)? {
    func precise(_ found: FoundLattice) -> (found: FoundLattice, precise: PreciseLattice.Result)? {
      let precise = PreciseLattice(workers: workers).refine(found, in: photo)
      return precise.quality.isCredible ? (found, precise) : nil
    }
    do {
      return try LatticeSearch(network: network?.get(), workers: workers).first(in: photo, precise)
    } catch {
      findings.append(Finding(.noNetwork, "The grid was searched for without a network. \(error)"))
      return ClassicalLattice().find(in: photo).flatMap(precise)
    }
  }

  private func pow2(_ x: Double) -> Double { x * x }

  /// A page without a visible grid is taken as flat, if it can be a page at all.
  private func withoutGrid(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    if options.photoPixelsPerMillimeter == nil, !InkPresence(photo).isPageWithTrace {
      throw PageError(
        .noECG, "No ECG was found: the picture shows neither a printed grid nor a trace on paper.",
        remedy: "Give a photo or scan of the whole ECG page, taken close and in even light.")
    }
    findings.append(
      Finding(
        .noGrid,
        "No printed grid was found. The paper was taken as flat and not tilted, and its scale "
          + (options.photoPixelsPerMillimeter == nil ? "was assumed." : "as declared.")))
    return try DeclaredScale().rectify(photo, options: options, findings: &findings)
  }

  private func report(
    _ found: FoundLattice, _ quality: GridQuality, _ findings: inout [Finding]
  ) {
    if !found.isScaleSure {
      findings.append(
        Finding(
          .uncertainGridScale,
          "The grid shows one kind of line only; whether its lines are 5 mm or 1 mm apart was "
            + "decided by the size of the page."))
    }
    if quality.isWeak {
      findings.append(
        Finding(
          .weakGrid,
          "The printed grid is faint or broken: \(quality.crossings) crossings were found, "
            + "\(Int(100 * quality.measuredShare)) % of the lines could be measured. Times and "
            + "voltages may be less exact."))
    }
    if found.crossingsElsewhere > max(80, quality.crossings / 6) {
      findings.append(
        Finding(
          .twoPages, "The picture shows more than one sheet; the one with the larger grid was read."
        ))
    }
    if found.photoPixelsPerCell < 14 {
      findings.append(
        Finding(
          .lowResolution,
          "A millimetre of paper has only \(Int((found.photoPixelsPerCell / 5).rounded())) pixels here; "
            + "thin strokes may be lost."))
    }
  }
}
