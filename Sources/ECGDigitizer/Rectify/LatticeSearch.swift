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
  var sureQuality = 0.85

  /// The first find that `accept` makes something of, the likeliest one first: the fuller
  /// lattice; of equals the one by spectra.
  ///
  /// Spectra cost more than the network does: where it is sure they are looked at only if its
  /// lattice is not accepted. Where the two differ about the size of a cell the network is
  /// believed if it is sure: it sees which lines are heavy, spectra only see how far apart
  /// lines are.
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
    guard let learned else { return classical.flatMap(accept) }
    guard let classical else { return accept(learned) }
    let ratio = learned.photoPixelsPerCell / classical.photoPixelsPerCell
    let isFirst =
      (0.85...1.18).contains(ratio)
      ? Double(learned.lattice.count) > 1.03 * Double(classical.lattice.count)
      : learned.lattice.meanQuality >= 0.75
    return isFirst
      ? accept(learned) ?? accept(classical) : accept(classical) ?? accept(learned)
  }
}
