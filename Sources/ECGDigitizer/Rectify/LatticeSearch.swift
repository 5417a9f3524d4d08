import ECGCore
import ECGImaging
import ECGNetworks

/// Searches a photo for its grid in every way there is.
struct LatticeSearch: Sendable {
  /// The network, if there is one.
  var network: LatticeSession?

  /// A network this sure of its phases, on the mean, is not checked against spectra.
  var sureQuality = 0.85

  /// What was found, likeliest first: the fuller lattice; of equals the one by spectra.
  ///
  /// Spectra are not looked at where the network is sure: they cost more than it does.
  /// Where the two differ about the size of a cell the network is believed if it is sure: it
  /// sees which lines are heavy, spectra only see how far apart lines are.
  func candidates(in photo: Raster<PhotoSpace>) throws(NetworkError) -> [FoundLattice] {
    let learned = try network.flatMap { network throws(NetworkError) in
      try NetworkLattice(session: network).find(in: photo)
    }
    if let learned, learned.lattice.meanQuality >= sureQuality { return [learned] }
    let classical = ClassicalLattice().find(in: photo)
    guard let learned else { return [classical].compactMap { $0 } }
    guard let classical else { return [learned] }
    let ratio = learned.photoPixelsPerCell / classical.photoPixelsPerCell
    let isFirst =
      (0.85...1.18).contains(ratio)
      ? Double(learned.lattice.count) > 1.03 * Double(classical.lattice.count)
      : learned.lattice.meanQuality >= 0.75
    return isFirst ? [learned, classical] : [classical, learned]
  }
}
