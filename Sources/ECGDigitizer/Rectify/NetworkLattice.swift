import ECGCore
import ECGImaging
import ECGNetworks

/// The lattice by network: phases from ``LatticeNetwork``, then region growing.
///
/// Sees the hierarchy of lines itself, so that 5 mm are known; holds on photocopies, dotted
/// grids and faint lines, where spectra of tiles do not. Halfway between upright and on its side a
/// page has no right and no down: where the network is not sure it looks again at the picture
/// turned by 22½°, and the better reading is kept.
struct NetworkLattice: Sendable {
  /// The longer side of the picture that the network sees, at most; of longer strips the area is
  /// what this side has at 16 : 9, so that ten seconds at 50 mm/s keep their fine lines.
  static let longSide = 1280.0
  /// Of the phase, at a crossing that counts, on the mean: below this there is no grid.
  static let leastQuality = 0.5
  /// The same: from this on it is not checked.
  static let sureQuality = 0.87

  let session: LatticeSession
  /// Threads that share the work.
  var workers = Workers.one

  /// Searches `photo`.
  ///
  /// - Returns: `nil` if no grid stands out.
  func find(in photo: Raster<PhotoSpace>) throws(NetworkError) -> FoundLattice? {
    let (width, height) = (Double(photo.width), Double(photo.height))
    let slenderness = max(width, height) / min(width, height) * 9 / 16
    let longSide = NetworkLattice.longSide * max(1, slenderness).squareRoot()
    let factor = max(1, max(width, height) / longSide)
    if let found = try find(in: photo, factor: factor) { return found }
    // The lines of a large page may be lost at that size, and no other page needs a second look.
    return factor > 2 ? try find(in: photo, factor: factor / 1.7) : nil
  }

  private func find(
    in photo: Raster<PhotoSpace>, factor: Double
  ) throws(NetworkError) -> FoundLattice? {
    let working = ScaledPhoto(photo, factor: factor, workers: workers)
    var best = try lattice(in: working.raster)
    if best?.largest.meanQuality ?? 0 < NetworkLattice.sureQuality {
      let turned = TurnedPhoto(working.raster, radians: .pi / 8, workers: workers)
      if var other = try lattice(in: turned.raster),
        other.largest.sumOfQuality > 1.1 * (best?.largest.sumOfQuality ?? 0)
      {
        other.largest.places = other.largest.places.map(turned.place)
        best = other
      }
    }
    guard let grown = best else { return nil }
    var lattice = grown.largest
    for k in lattice.places.indices { lattice.places[k] = working.photoPoint(lattice.places[k]) }
    return FoundLattice(
      lattice: lattice, photoPixelsPerCell: lattice.medianCell, isScaleSure: true,
      crossingsElsewhere: grown.elsewhere)
  }

  /// What grows in a picture, if it can be a grid.
  private func lattice(
    in picture: Raster<PhotoSpace>
  ) throws(NetworkError) -> ClassicalLattice.Grown? {
    let field = try session.field(of: picture, workers: workers)
    guard var grown = ClassicalLattice().grown(over: field) else { return nil }
    grown.largest = grown.largest.trimmed()
    let lattice = grown.largest
    guard lattice.count >= 12, lattice.columns >= 4, lattice.rows >= 4,
      lattice.meanQuality >= NetworkLattice.leastQuality
    else { return nil }
    return grown
  }
}

extension GrownLattice {
  /// Many crossings, and good ones.
  fileprivate var sumOfQuality: Double { quality.reduce(0, +) }
}
