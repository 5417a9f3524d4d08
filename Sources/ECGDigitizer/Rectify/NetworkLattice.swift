package import ECGCore
package import ECGImaging
package import ECGNetworks

/// The lattice by network: phases from ``LatticeNetwork``, then region growing.
///
/// Sees the hierarchy of lines itself, so that 5 mm are known; holds on photocopies, dotted
/// grids and faint lines, where spectra of tiles do not. Halfway between upright and on its side a
/// page has no right and no down: where the network is not sure it looks again at the picture
/// turned by 22½°, and the better reading is kept.
package struct NetworkLattice: Sendable {
  let session: LatticeSession
  let parameters: RectifyParameters
  /// Threads that share the work.
  let workers: Workers

  package init(
    session: LatticeSession, parameters: RectifyParameters, workers: Workers = .one
  ) {
    (self.session, self.parameters, self.workers) = (session, parameters, workers)
  }

  /// Searches `photo`.
  ///
  /// - Returns: `nil` if no grid stands out.
  package func find(in photo: Raster<PhotoSpace>) throws(NetworkError) -> FoundLattice? {
    let (width, height) = (Double(photo.width), Double(photo.height))
    // Longer strips than 16 : 9 get the area that the long side has there, so that ten seconds at
    // 50 mm/s keep their fine lines.
    let slenderness = max(width, height) / min(width, height) * 9 / 16
    let longSide = parameters.search.networkLongSide * max(1, slenderness).squareRoot()
    let factor = max(1, max(width, height) / longSide)
    if let found = try find(in: photo, factor: factor) { return found }
    // The lines of a large page may be lost at that size, and no other page needs a second look.
    return factor > 2 ? try find(in: photo, factor: factor / parameters.search.secondLook) : nil
  }

  private func find(
    in photo: Raster<PhotoSpace>, factor: Double
  ) throws(NetworkError) -> FoundLattice? {
    let working = ScaledPhoto(photo, factor: factor, workers: workers)
    var best = try lattice(in: working.raster)
    if best?.largest.meanQuality ?? 0 < parameters.search.sureQuality, !workers.isCancelled {
      let turned = TurnedPhoto(working.raster, radians: .pi / 8, workers: workers)
      if var other = try lattice(in: turned.raster),
        other.largest.sumOfQuality > parameters.search.turnedGain
          * (best?.largest.sumOfQuality ?? 0)
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
    guard
      var grown = ClassicalLattice(parameters: parameters, workers: workers).grown(over: field)
    else { return nil }
    grown.largest = grown.largest.trimmed(share: parameters.growing.leastShare)
    let lattice = grown.largest
    guard lattice.isLargeEnough, lattice.meanQuality >= parameters.search.leastQuality else {
      return nil
    }
    return grown
  }
}

extension GrownLattice {
  /// Many crossings, and good ones.
  fileprivate var sumOfQuality: Double { quality.reduce(0, +) }
}
