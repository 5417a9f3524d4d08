package import ECGCore
package import ECGImaging

/// The lattice without a network: spectra of tiles, phases by demodulation, region growing.
package struct ClassicalLattice: Sendable {
  let parameters: RectifyParameters
  let workers: Workers

  package init(parameters: RectifyParameters, workers: Workers = .one) {
    (self.parameters, self.workers) = (parameters, workers)
  }

  /// Searches `photo`.
  ///
  /// - Returns: `nil` if no grid stands out.
  package func find(in photo: Raster<PhotoSpace>) -> FoundLattice? {
    let longest = Double(max(photo.width, photo.height))
    let working = ScaledPhoto(photo, factor: max(1, longest / parameters.search.spectraLongSide))
    let reach = max(9, max(working.raster.width, working.raster.height) / 40)
    let signal = GridSignal(parameters: parameters.signal).plane(of: working.raster, reach: reach)
    guard
      let found = GridFrequencies.find(
        in: signal, parameters.spectra, workers),
      found.strength > parameters.search.leastStrength
    else { return nil }
    var scale = GridScale(found.profile, parameters.scale)
    scale.assume(longestSideInLines: found.longestSideInLines)

    guard let grown = grown(in: signal, found, scale) else { return nil }
    var lattice = grown.largest.trimmed(share: parameters.growing.leastShare)
    if !scale.isConfirmed, scale.linesPerCell == 1,
      max(lattice.columns, lattice.rows) > parameters.search.mostCells
    {
      lattice = lattice.everyFifth
    }
    guard lattice.isLargeEnough else { return nil }
    lattice = FlatPaper(parameters: parameters.flatPaper).mended(lattice)
    for k in lattice.places.indices { lattice.places[k] = working.photoPoint(lattice.places[k]) }
    let cells = max(lattice.columns, lattice.rows) - 1
    return FoundLattice(
      lattice: lattice, photoPixelsPerCell: lattice.medianCell,
      isScaleSure: scale.isConfirmed || parameters.scale.usualCells.contains(cells),
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
        parameters.phases))
    guard scale.linesPerCell == 5 else { return coarse }
    var fine = grown(
      over: PhaseField(
        signal: signal, u: found.u, v: found.v, harmonic: 5, parameters.phases))
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
    let growing = LatticeGrowing(field: field, parameters: parameters.growing)
    let seeds = LatticeSeed.strongest(
      in: field, count: 80, density: parameters.growing.cellDensity)
    let least = 0.5 * (seeds.first?.strength ?? 1)
    for seed in seeds
    where seed.strength > least && !sheets.contains(where: { reaches($0, [seed.place]) == 1 }) {
      if workers.isCancelled { break }
      let sheet = growing.grow(from: seed.place, basis: seed.basis)
      if sheet.count >= 12 { sheets.append(sheet) }
    }
    sheets.sort { $0.count > $1.count }
    guard let largest = sheets.first else { return nil }
    let others = sheets.dropFirst().filter { !overlap($0, largest) }
    return Grown(largest: largest, elsewhere: others.first?.count ?? 0)
  }

  /// How many of some places a lattice reaches.
  private func reaches(_ lattice: GrownLattice, _ places: [Point<PhotoSpace>]) -> Int {
    let limit = parameters.growing.reach * lattice.medianCell
    let found = lattice.quality.indices.filter { lattice.quality[$0] > 0 }
    return places.count { place in
      found.contains { lattice.places[$0].distance(to: place) < limit }
    }
  }

  /// Whether a fifth of one lattice's crossings lie on the other's.
  private func overlap(_ lattice: GrownLattice, _ other: GrownLattice) -> Bool {
    let found = lattice.quality.indices.filter { lattice.quality[$0] > 0 }
    let sample = stride(from: 0, to: found.count, by: max(1, found.count / 25))
      .map { lattice.places[found[$0]] }
    return 5 * reaches(other, sample) > sample.count
  }
}

extension LocalFrequency {
  /// Cycles per pixel at the centre.
  var length: Double { (ax * ax + ay * ay).squareRoot() }
}

extension GrownLattice {
  /// Whether it may be a page: a few crossings in both directions.
  var isLargeEnough: Bool { count >= 12 && columns >= 4 && rows >= 4 }
}
