import ECGCore
import ECGImaging
import ECGNetworks

/// Searches a photo for its grid in every way there is.
struct LatticeSearch: Sendable {
  /// The network, if there is one.
  var network: LatticeSession?
  /// Threads that share the work.
  var workers = Workers.one

  var parameters = RectifyParameters()

  /// The first find that `accept` makes something of, the likeliest one first: the fuller
  /// lattice; of equals the one by spectra.
  ///
  /// Spectra cost more than the network does: where it is sure they are looked at only if its
  /// lattice is not accepted. Where the two differ about the size of a cell by a factor of five,
  /// the network is believed if it is fairly sure: it sees which lines are heavy, spectra only see
  /// how far apart lines are. Where they differ otherwise, it took lines that are all alike for
  /// others: the surer of the two is believed, and the scale is in doubt.
  func first<Accepted>(
    in photo: Raster<PhotoSpace>, _ accept: (FoundLattice) -> Accepted?
  ) throws(NetworkError) -> Accepted? {
    let fairQuality = parameters.search.fairQuality
    let learned = try network.flatMap { network throws(NetworkError) in
      try NetworkLattice(session: network, parameters: parameters, workers: workers)
        .find(in: photo)
    }
    if let learned, learned.lattice.meanQuality >= parameters.search.sureQuality {
      return accept(learned) ?? classical(photo).flatMap(accept)
    }
    let spectral = classical(photo)
    guard var learned else { return spectral.flatMap(accept) }
    guard let spectral else {
      if learned.lattice.meanQuality < fairQuality { learned.isScaleSure = false }
      return accept(learned)
    }
    let ratio = learned.photoPixelsPerCell / spectral.photoPixelsPerCell
    let isFirst: Bool
    if isAbout(1, ratio) {
      isFirst =
        Double(learned.lattice.count) > parameters.search.fuller * Double(spectral.lattice.count)
    } else if isAbout(5, ratio) || isAbout(1 / 5, ratio) {
      isFirst = learned.lattice.meanQuality >= fairQuality
    } else {
      isFirst = learned.lattice.meanQuality > spectral.lattice.meanQuality
      learned.isScaleSure = false
    }
    return isFirst
      ? accept(learned) ?? accept(spectral) : accept(spectral) ?? accept(learned)
  }

  private func classical(_ photo: Raster<PhotoSpace>) -> FoundLattice? {
    ClassicalLattice(parameters: parameters, workers: workers).find(in: photo)
  }

  private func isAbout(_ expected: Double, _ ratio: Double) -> Bool {
    parameters.search.sameCell.contains(ratio / expected)
  }
}
