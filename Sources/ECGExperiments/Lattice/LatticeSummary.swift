package import ECGCore
package import ECGDigitizer
package import ECGImaging
package import ECGNetworks

/// A lattice in numbers, to compare ways of finding it.
package struct LatticeSummary: Sendable {
  package var crossings: Int
  package var meanQuality: Double
  package var cellPixels: Double
  package var measuredShare: Double
  package var residualMillimeters: Double
  /// Crossings after they were made precise, in photo pixels, over the printed grid.
  private var places: [Point<PhotoSpace>]

  private init(_ found: FoundLattice, in photo: Raster<PhotoSpace>) {
    let precise = PreciseLattice(parameters: .init()).refine(found, in: photo)
    crossings = found.lattice.count
    meanQuality = found.lattice.meanQuality
    cellPixels = found.photoPixelsPerCell
    measuredShare = precise.quality.measuredShare
    residualMillimeters = precise.quality.residualMillimeters
    let lattice = precise.lattice
    places = lattice.places.indices.compactMap { k in
      let (i, j) = (k % lattice.columns, k / lattice.columns)
      let isInside = i >= 2 && j >= 2 && i < lattice.columns - 2 && j < lattice.rows - 2
      return isInside ? lattice.places[k] : nil
    }
  }

  /// The lattice that a network finds.
  package static func byNetwork(
    _ session: LatticeSession, in photo: Raster<PhotoSpace>
  ) throws(NetworkError) -> LatticeSummary? {
    try NetworkLattice(session: session, parameters: .init()).find(in: photo).map {
      LatticeSummary($0, in: photo)
    }
  }

  /// The lattice that spectra find.
  package static func classical(in photo: Raster<PhotoSpace>) -> LatticeSummary? {
    ClassicalLattice(parameters: .init()).find(in: photo).map { LatticeSummary($0, in: photo) }
  }

  /// The part of another lattice's crossings that this one has within half a cell, and the part
  /// of those that lie within a twentieth of a cell.
  package func agreement(with other: LatticeSummary) -> (covered: Double, right: Double) {
    let cell = other.cellPixels
    var buckets: [Int: [Point<PhotoSpace>]] = [:]
    func key(_ x: Double, _ y: Double) -> Int {
      Int((x / cell).rounded(.down)) &* 100_003 &+ Int((y / cell).rounded(.down))
    }
    for place in places { buckets[key(place.x, place.y), default: []].append(place) }
    var (covered, right) = (0, 0)
    for place in other.places {
      var nearest = Double.infinity
      for dy in -1...1 {
        for dx in -1...1 {
          let key = key(place.x + Double(dx) * cell, place.y + Double(dy) * cell)
          for near in buckets[key] ?? [] { nearest = min(nearest, near.distance(to: place)) }
        }
      }
      if nearest < 0.5 * cell { covered += 1 }
      if nearest < 0.05 * cell { right += 1 }
    }
    return (
      Double(covered) / Double(max(other.places.count, 1)), Double(right) / Double(max(covered, 1))
    )
  }
}
