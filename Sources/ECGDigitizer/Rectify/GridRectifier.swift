package import ECGCore
package import ECGImaging
import ECGNetworks

/// Makes the page flat by its printed grid.
package struct GridRectifier: Rectifying {
  /// The network that helps to find the lattice, or why it cannot; `nil` if none is wanted.
  package var network: Preparing<LatticeSession>?
  private let parameters: RectifyParameters
  /// Threads that share the work.
  private let workers: Workers

  /// Creates the stage.
  package init(
    network: Preparing<LatticeSession>? = nil, parameters: RectifyParameters = .init(),
    workers: Workers = .one
  ) {
    self.network = network
    self.parameters = parameters
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
    let drawn = DrawnGrid(parameters: parameters.drawing).straightened(precise.lattice)
    var geometry =
      drawn.flatMap { PageGeometry(drawn: $0, parameters.page) }
      ?? PageGeometry(
        drawn?.lattice ?? FlatPaper(parameters: parameters.flatPaper).mended(precise.lattice),
        photoPixelsPerCell: found.photoPixelsPerCell, parameters.page)
    // What single measurements spread tells how rough the paper is; places were seen to be off by
    // a multiple of that, and by where time begins.
    let floor = drawn == nil ? parameters.page.leastError : parameters.page.leastDrawnError
    let spread = parameters.page.errorPerSpread * precise.quality.residualMillimeters
    let error = (floor * floor + spread * spread).squareRoot()
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
      let precise = PreciseLattice(parameters: parameters, workers: workers)
        .refine(found, in: photo)
      return precise.quality.isCredible(parameters.quality) ? (found, precise) : nil
    }
    do {
      return try LatticeSearch(
        network: network?.get(), workers: workers, parameters: parameters
      ).first(in: photo, precise)
    } catch {
      findings.append(Finding(.noNetwork, "The grid was searched for without a network. \(error)"))
      return ClassicalLattice(parameters: parameters, workers: workers).find(in: photo)
        .flatMap(precise)
    }
  }

  /// A page without a visible grid is taken as flat, if it can be a page at all.
  private func withoutGrid(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    // Of what was cancelled nothing is looked at.
    if options.photoPixelsPerMillimeter == nil, !workers.isCancelled,
      !InkPresence(photo, parameters.gridless).isPageWithTrace
    {
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
    if quality.isWeak(parameters.quality) {
      findings.append(
        Finding(
          .weakGrid,
          "The printed grid is faint or broken: \(quality.crossings) crossings were found, "
            + "\(Int(100 * quality.measuredShare)) % of the lines could be measured. Times and "
            + "voltages may be less exact."))
    }
    if found.crossingsElsewhere > max(parameters.search.leastSecondSheet, quality.crossings / 6) {
      findings.append(
        Finding(
          .twoPages, "The picture shows more than one sheet; the one with the larger grid was read."
        ))
    }
    if found.photoPixelsPerCell < parameters.search.coarseCell {
      findings.append(
        Finding(
          .lowResolution,
          "A millimetre of paper has only \(Int((found.photoPixelsPerCell / 5).rounded())) pixels here; "
            + "thin strokes may be lost."))
    }
  }
}
