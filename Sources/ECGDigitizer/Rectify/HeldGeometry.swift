import ECGCore
import ECGImaging

/// Rectify with the geometry of an earlier result for the same photo: nothing is searched for.
struct HeldGeometry: Rectifying {
  /// The page as it lies in the photo, before it was turned upright.
  private let geometry: PageGeometry
  private let scaleEvidence: Evidence
  /// What was found out about the grid then.
  private let findings: [Finding]
  private let parameters: RectifyParameters.Page
  private let workers: Workers

  /// - Throws: `PageError.geometryMismatch` if the geometry cannot be that of the photo.
  init(
    of earlier: Digitization, for photo: PixelSize,
    parameters: RectifyParameters.Page = .init(), workers: Workers
  ) throws(PageError) {
    guard earlier.photoSize == photo else {
      let (then, now) = (earlier.photoSize, photo)
      throw PageError(
        .geometryMismatch,
        "The geometry given is of a picture of \(then.width) × \(then.height) pixels, this one has "
          + "\(now.width) × \(now.height).",
        remedy: "Give the geometry of an earlier result for the same picture.")
    }
    if let problem = earlier.geometry.problem(in: photo) {
      throw PageError(
        .geometryMismatch, "The geometry given cannot be that of a page: \(problem).",
        remedy: "Give the geometry as an earlier result has it, or let it be found.")
    }
    // Turned back, in reverse order, to what Rectify made then.
    let geometry = earlier.geometry
    var back = geometry.turned(
      quarterTurns: geometry.isMirrored ? geometry.quarterTurns : -geometry.quarterTurns,
      mirrored: geometry.isMirrored)
    if case .lattice(let lattice, let origin) = back.map {
      // Turning there and back leaves the last digit in doubt.
      func clean(_ x: Double) -> Double { (x * 1e6).rounded() / 1e6 }
      back.map = .lattice(lattice, origin: Point(x: clean(origin.x), y: clean(origin.y)))
    }
    self.geometry = back
    scaleEvidence = earlier.calibration?.scaleEvidence ?? .declared
    findings = earlier.findings.filter { HeldGeometry.kept.contains($0.code) }
    self.parameters = parameters
    self.workers = workers
  }

  /// What is said of the search for the grid; everything else is found out anew.
  private static let kept: Set<FindingCode> = [
    .noGrid, .weakGrid, .uncertainGridScale, .twoPages, .lowResolution,
  ]

  func rectify(
    _ photo: Raster<PhotoSpace>, options: Digitizer.Options, findings: inout [Finding]
  ) throws(PageError) -> RectifiedPage {
    findings += self.findings
    // Without an estimate, as in a geometry made by hand, places are taken to be off by a little.
    let error = geometry.errorMillimeters ?? parameters.unknownError
    return RectifiedPage(
      page: PageResampler(workers: workers).page(of: photo, through: geometry), geometry: geometry,
      scaleEvidence: scaleEvidence,
      geometryErrorPixels: error * geometry.pixelsPerMillimeterX)
  }
}

extension PageGeometry {
  /// Why this cannot be a page in a photo of this size; `nil` if it can.
  fileprivate func problem(in photo: PixelSize) -> String? {
    let scales = [pixelsPerMillimeterX, pixelsPerMillimeterY]
    guard scales.allSatisfy({ (0.5...100).contains($0) }) else {
      return "it has \(pixelsPerMillimeterX) and \(pixelsPerMillimeterY) pixels a millimetre"
    }
    guard (8...20_000).contains(pageSize.width), (8...20_000).contains(pageSize.height),
      pageSize.width * pageSize.height <= 1 << 27
    else { return "the page has \(pageSize.width) × \(pageSize.height) pixels" }
    guard (0...3).contains(quarterTurns) else { return "it was turned \(quarterTurns) times" }
    if case .lattice(let lattice, let origin) = map {
      guard (1e-1...100).contains(lattice.spacingMillimeters) else {
        return "its lines are \(lattice.spacingMillimeters) mm apart"
      }
      let limit = 1e6
      guard abs(origin.x) < limit, abs(origin.y) < limit,
        lattice.nodes.allSatisfy({ abs($0.x) < limit && abs($0.y) < limit })
      else { return "crossings lie far outside the picture" }
    }
    let middle = photoPoint(
      Point(x: Double(pageSize.width) / 2, y: Double(pageSize.height) / 2))
    guard (0...Double(photo.width)).contains(middle.x),
      (0...Double(photo.height)).contains(middle.y)
    else { return "its middle lies outside the picture" }
    guard (1e-2...100).contains(photoPixelsPerPagePixel) else {
      return "a pixel of the page is \(photoPixelsPerPagePixel) pixels of the picture"
    }
    return nil
  }
}
