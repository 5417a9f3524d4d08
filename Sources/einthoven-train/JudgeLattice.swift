import ArgumentParser
import ECGExperiments
import Foundation

/// Compares lattices that weights find on real pages.
struct JudgeLattice: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge-lattice", abstract: "Compares the lattices found on real pages.")

  @Argument(help: "Pages.")
  var pages: [String]

  @Option(help: "The weights to judge.")
  var weights = "Weights/lattice.safetensors"

  @Option(help: "Weights whose lattice is taken as the reference.")
  var reference: String?

  @Flag(help: "Also searches without a network.")
  var classical = false

  func run() throws {
    let comparison = try LatticeComparison(
      network: Data(contentsOf: URL(fileURLWithPath: weights)),
      reference: reference.map { try Data(contentsOf: URL(fileURLWithPath: $0)) })
    var full = 0
    for page in pages {
      let line = try comparison.compare(URL(fileURLWithPath: page), withClassical: classical)
      if line.isFull { full += 1 }
      print(line)
      fflush(nil)
    }
    print("full on \(full) of \(pages.count) pages")
  }
}
