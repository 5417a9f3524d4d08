import ArgumentParser
import ECGExperiments
import Foundation

/// Measures what whole numbers of eight bits cost and gain for the lattice network.
struct MeasureIntegersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-integers",
    abstract: "Measures accuracy and speed of the lattice network in whole numbers.",
    shouldDisplay: false)

  @Option(help: "The weights.")
  var weights = "Weights/lattice.safetensors"

  @Option(help: "Threads that compute.")
  var threads = 2

  @Option(help: "Examples of each seed.")
  var examples = 64

  func run() throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: weights))
    let lattice = IntegerLattice(
      weights: file, threads: threads, seeds: [0xF0F0_0001, 0xF0F0_0101], examples: examples)
    for line in try lattice.lines() { print(line) }
  }
}
