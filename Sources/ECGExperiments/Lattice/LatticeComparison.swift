import ECGCore
import ECGDigitizer
import ECGImaging
package import Foundation

/// The lattices that the network, a reference network and the classical search find on a page.
///
/// A page is *full* where the network's lattice, made precise, covers more than 90 % of the
/// reference's crossings and more than 95 % of those lie within a twentieth of a cell.
package struct LatticeComparison: Sendable {
  /// What was found on one page.
  package struct Line: Sendable, CustomStringConvertible {
    package var page: String
    package var network: LatticeSummary?
    package var classical: LatticeSummary?
    package var reference: LatticeSummary?
    /// Of the reference's crossings: covered, and of those, right.
    package var covered = 0.0
    package var right = 0.0
    package var isFull: Bool { covered > 0.9 && right > 0.95 }

    package var description: String {
      func text(_ name: String, _ found: LatticeSummary?) -> String {
        guard let found else { return "\(name) none" }
        return "\(name) \(found.crossings) q \(two(found.meanQuality)) "
          + "cell \(two(found.cellPixels)) measured \(two(found.measuredShare))"
      }
      func two(_ x: Double) -> String { String(format: "%.2f", x) }
      return "\(page): \(text("network", network)); \(text("classical", classical)); "
        + "\(text("reference", reference)); covered \(two(covered)) right \(two(right)) "
        + (isFull ? "FULL" : "-")
    }
  }

  private let network: LatticeSession
  private let reference: LatticeSession?

  package init(network: Data, reference: Data?) throws {
    self.network = try LatticeSession(weights: network)
    self.reference = try reference.map { try LatticeSession(weights: $0) }
  }

  /// Compares on one page.
  package func compare(_ url: URL, withClassical: Bool) throws -> Line {
    let photo = try Raster<PhotoSpace>(decoding: Data(contentsOf: url))
    var line = Line(page: url.lastPathComponent)
    line.network = try LatticeSummary.byNetwork(network, in: photo)
    if withClassical { line.classical = LatticeSummary.classical(in: photo) }
    if let reference, let truth = try LatticeSummary.byNetwork(reference, in: photo) {
      line.reference = truth
      if let found = line.network {
        (line.covered, line.right) = found.agreement(with: truth)
      }
    }
    return line
  }
}
