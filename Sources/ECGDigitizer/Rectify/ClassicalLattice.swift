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

    var best: GrownLattice?
    for attempt in attempts(found, scale) {
      let field = PhaseField(
        signal: signal, u: attempt.u, v: attempt.v, harmonic: attempt.harmonic,
        blurInPeriods: attempt.harmonic == 1 ? 0.7 : 2.0)
      for seed in LatticeSeed.strongest(in: field, count: 4) {
        let grown = LatticeGrowing(field: field).grow(from: seed.place, basis: seed.basis)
        if grown.count > best?.count ?? 0 { best = grown }
        if grown.count > 400 { break }
      }
      if best?.count ?? 0 > 400 { break }
    }
    guard var lattice = best, lattice.count >= 12 else { return nil }
    for k in lattice.places.indices { lattice.places[k] = working.photoPoint(lattice.places[k]) }
    lattice = lattice.trimmed()
    let cells = max(lattice.columns, lattice.rows) - 1
    return FoundLattice(
      lattice: lattice, photoPixelsPerCell: lattice.medianCell,
      isScaleSure: scale.isConfirmed || GridScale.isUsualPage(longestSideInCells: cells))
  }

  private struct Attempt {
    var u: LocalFrequency
    var v: LocalFrequency
    var harmonic: Int
  }

  /// Lines 1 mm apart are followed by the heavier fifth ones where these are seen, else singly.
  private func attempts(_ found: GridFrequencies, _ scale: GridScale) -> [Attempt] {
    guard scale.linesPerCell == 5 else { return [Attempt(u: found.u, v: found.v, harmonic: 1)] }
    let single = Attempt(u: found.u, v: found.v, harmonic: 5)
    guard scale.isConfirmed else { return [single] }
    let heavier = Attempt(
      u: found.u.scaled(by: 0.2), v: found.v.scaled(by: 0.2), harmonic: 1)
    return [heavier, single]
  }
}

extension LocalFrequency {
  /// Cycles per pixel at the centre.
  var length: Double { (ax * ax + ay * ay).squareRoot() }
}
