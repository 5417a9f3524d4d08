import ECGCore
import ECGImaging
import ECGNetworks

/// Searches a photo for its grid in every way there is.
struct LatticeSearch: Sendable {
  /// The network, if there is one.
  var network: LatticeSession?
  /// Threads that share the work.
  var workers = Workers.one

  /// A network this sure of its phases, on the mean, is not checked against spectra.
  var sureQuality = 0.87

  /// Below this mean length of its phases the network may have taken other lines for the grid's.
  var fairQuality = 0.75

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
    let learned = try network.flatMap { network throws(NetworkError) in
      try NetworkLattice(session: network, workers: workers).find(in: photo)
    }
    if let learned, learned.lattice.meanQuality >= sureQuality {
      return accept(learned) ?? ClassicalLattice().find(in: photo).flatMap(accept)
    }
    let classical = ClassicalLattice().find(in: photo)
    guard var learned else { return classical.flatMap(accept) }
    guard let classical else {
      if learned.lattice.meanQuality < fairQuality { learned.isScaleSure = false }
      return accept(learned)
    }
    let ratio = learned.photoPixelsPerCell / classical.photoPixelsPerCell
    let isFirst: Bool
    if LatticeSearch.isAbout(1, ratio) {
      isFirst = Double(learned.lattice.count) > 1.03 * Double(classical.lattice.count)
    } else if LatticeSearch.isAbout(5, ratio) || LatticeSearch.isAbout(0.2, ratio) {
      isFirst = learned.lattice.meanQuality >= fairQuality
    } else {
      isFirst = learned.lattice.meanQuality > classical.lattice.meanQuality
      learned.isScaleSure = false
    }
    return isFirst
      ? accept(learned) ?? accept(classical) : accept(classical) ?? accept(learned)
  }

  private static func isAbout(_ expected: Double, _ ratio: Double) -> Bool {
    (0.85...1.18).contains(ratio / expected)
  }
}
