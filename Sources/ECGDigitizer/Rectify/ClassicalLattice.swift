import ECGCore
import ECGImaging

/// The lattice without a network: spectra of tiles, phases by demodulation, region growing.
struct ClassicalLattice: Sendable {
  /// The longer side of the picture in which spectra are taken, in pixels.
  static let longSide = 1600.0
  /// Combs lower than this are no grid.
  static let leastStrength = 0.45
  /// A lattice of more cells than this would be paper 40 cm long: its lines are 1 mm apart.
  static let mostCells = 80

  /// Searches `photo`.
  ///
  /// - Returns: `nil` if no grid stands out.
  func find(in photo: Raster<PhotoSpace>) -> FoundLattice? {
    let longest = Double(max(photo.width, photo.height))
    let working = ScaledPhoto(photo, factor: max(1, longest / ClassicalLattice.longSide))
    let reach = max(9, max(working.raster.width, working.raster.height) / 40)
    let signal = GridSignal.plane(of: working.raster, reach: reach)
    guard let found = GridFrequencies.find(in: signal),
      found.strength > ClassicalLattice.leastStrength
    else { return nil }
    var scale = GridScale(found.profile)
    scale.assume(longestSideInLines: found.longestSideInLines)

    guard let grown = grown(in: signal, found, scale) else { return nil }
    var lattice = grown.largest.trimmed()
    if !scale.isConfirmed, scale.linesPerCell == 1,
      max(lattice.columns, lattice.rows) > ClassicalLattice.mostCells
    {
      lattice = lattice.everyFifth
    }
    guard lattice.count >= 12, lattice.columns >= 4, lattice.rows >= 4 else { return nil }
    lattice = FlatPaper().mended(lattice)
    for k in lattice.places.indices { lattice.places[k] = working.photoPoint(lattice.places[k]) }
    let cells = max(lattice.columns, lattice.rows) - 1
    return FoundLattice(
      lattice: lattice, photoPixelsPerCell: lattice.medianCell,
      isScaleSure: scale.isConfirmed || GridScale.isUsualPage(longestSideInCells: cells),
      isFine: scale.linesPerCell == 5 && grown.isFine,
      crossingsElsewhere: grown.elsewhere)
  }

  /// What growing found: the largest lattice, and how many crossings the next largest has that
  /// does not touch it.
  struct Grown {
    var largest: GrownLattice
    var elsewhere: Int
    /// Whether lines 1 mm apart were followed.
    var isFine = false
  }

  /// Grows over lines 5 mm apart; or, where single millimetres are clearer, over those.
  private func grown(
    in signal: Plane<PhotoSpace>, _ found: GridFrequencies, _ scale: GridScale
  ) -> Grown? {
    let part = 1 / Double(scale.linesPerCell)
    let coarse = grown(
      over: PhaseField(
        signal: signal, u: found.u.scaled(by: part), v: found.v.scaled(by: part), harmonic: 1,
        blurInPeriods: 0.7))
    guard scale.linesPerCell == 5 else { return coarse }
    var fine = grown(
      over: PhaseField(
        signal: signal, u: found.u, v: found.v, harmonic: 5, blurInPeriods: 1.5))
    if let lattice = fine?.largest {
      // Five millimetre lines were not told apart: put the crossings on the heaviest.
      fine?.isFine = true
      let fold = CellFold(signal, over: lattice)
      fine?.largest = lattice.moved(
        u: Double(CellFold.heaviestMillimeter(fold.u)) / 5,
        v: Double(CellFold.heaviestMillimeter(fold.v)) / 5)
    }
    // Weighed by quality: wandering through ink makes many crossings, but poor ones.
    return [coarse, fine].compactMap { $0 }.max {
      $0.largest.quality.reduce(0, +) < $1.largest.quality.reduce(0, +)
    }
  }

  /// Grows from the best seeds, each in a part of the picture that no earlier one reached.
  func grown(over field: PhaseField) -> Grown? {
    var sheets: [GrownLattice] = []
    let seeds = LatticeSeed.strongest(in: field, count: 80)
    let least = 0.5 * (seeds.first?.strength ?? 1)
    for seed in seeds
    where seed.strength > least && !sheets.contains(where: { $0.reaches(seed.place) }) {
      let sheet = LatticeGrowing(field: field).grow(from: seed.place, basis: seed.basis)
      if sheet.count >= 12 { sheets.append(sheet) }
    }
    sheets.sort { $0.count > $1.count }
    guard let largest = sheets.first else { return nil }
    let others = sheets.dropFirst().filter { !$0.overlaps(largest) }
    return Grown(largest: largest, elsewhere: others.first?.count ?? 0)
  }
}

extension LocalFrequency {
  /// Cycles per pixel at the centre.
  var length: Double { (ax * ax + ay * ay).squareRoot() }
}

extension GrownLattice {
  /// Whether a place lies within a cell and a half of a crossing.
  func reaches(_ place: Point<PhotoSpace>) -> Bool { reaches([place]) == 1 }

  /// How many of some places lie within a cell and a half of a crossing.
  func reaches(_ others: [Point<PhotoSpace>]) -> Int {
    let limit = 1.5 * medianCell
    let found = quality.indices.filter { quality[$0] > 0 }
    return others.count { other in found.contains { places[$0].distance(to: other) < limit } }
  }

  /// Whether a fifth of this lattice's crossings lie on the other's.
  func overlaps(_ other: GrownLattice) -> Bool {
    let found = quality.indices.filter { quality[$0] > 0 }
    let sample = stride(from: 0, to: found.count, by: Swift.max(1, found.count / 25))
      .map { places[found[$0]] }
    return 5 * other.reaches(sample) > sample.count
  }
}
