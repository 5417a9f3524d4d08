import ECGCore
import ECGImaging

/// The lattice without a network: spectra of tiles, phases by demodulation, region growing.
struct ClassicalLattice: Sendable {
  /// The longer side of the picture in which spectra are taken, in pixels.
  static let longSide = 1600.0

  /// Searches `photo`.
  ///
  /// - Returns: `nil` if no grid stands out.
  func find(in photo: Raster<PhotoSpace>) -> FoundLattice? {
    let longest = Double(max(photo.width, photo.height))
    let working = ScaledPhoto(photo, factor: max(1, longest / ClassicalLattice.longSide))
    let reach = max(9, max(working.raster.width, working.raster.height) / 40)
    let signal = GridSignal.plane(of: working.raster, reach: reach)
    guard let found = GridFrequencies.find(in: signal), found.strength > 0.45 else { return nil }
    var scale = GridScale(found.profile)
    scale.assume(longestSideInLines: found.longestSideInLines)

    guard var lattice = grown(in: signal, found, scale), lattice.count >= 12 else { return nil }
    for k in lattice.places.indices { lattice.places[k] = working.photoPoint(lattice.places[k]) }
    lattice = lattice.trimmed()
    let cells = max(lattice.columns, lattice.rows) - 1
    return FoundLattice(
      lattice: lattice, photoPixelsPerCell: lattice.medianCell,
      isScaleSure: scale.isConfirmed || GridScale.isUsualPage(longestSideInCells: cells))
  }

  /// Grows over lines 5 mm apart; or, where single millimetres are clearer, over those, from a
  /// place where heavier lines cross.
  private func grown(
    in signal: Plane<PhotoSpace>, _ found: GridFrequencies, _ scale: GridScale
  ) -> GrownLattice? {
    let part = 1 / Double(scale.linesPerCell)
    let field = PhaseField(
      signal: signal, u: found.u.scaled(by: part), v: found.v.scaled(by: part), harmonic: 1,
      blurInPeriods: 0.7)
    let seeds = LatticeSeed.strongest(in: field, count: 4)
    let best = largest(in: field, from: seeds)
    guard scale.linesPerCell == 5 else { return best }
    let fine = PhaseField(
      signal: signal, u: found.u, v: found.v, harmonic: 5, blurInPeriods: 1.5)
    var starts = LatticeSeed.strongest(in: fine, count: 4)
    if scale.isConfirmed {
      let heavier = LatticeGrowing(field: field)
      for k in starts.indices { starts[k].place = heavier.crossing(near: starts[k]) }
    }
    let single = largest(in: fine, from: starts)
    // Weighed by quality: wandering through ink makes many crossings, but poor ones.
    return [best, single].compactMap { $0 }.max {
      $0.quality.reduce(0, +) < $1.quality.reduce(0, +)
    }
  }

  private func largest(in field: PhaseField, from seeds: [LatticeSeed]) -> GrownLattice? {
    var best: GrownLattice?
    for seed in seeds {
      let grown = LatticeGrowing(field: field).grow(from: seed.place, basis: seed.basis)
      if grown.count > best?.count ?? 0 { best = grown }
      if grown.count > 400 { break }
    }
    return best
  }
}

extension LocalFrequency {
  /// Cycles per pixel at the centre.
  var length: Double { (ax * ax + ay * ay).squareRoot() }
}
