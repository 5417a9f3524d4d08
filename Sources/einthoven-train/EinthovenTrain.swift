import ArgumentParser
import ECGExperiments
import ECGTraining
import Foundation

/// Trains the program's networks. Small enough to carry to another machine: no weights inside.
@main
struct EinthovenTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "einthoven-train",
    abstract: "Trains the networks of Einthoven from drawn pages.",
    subcommands: [Names.self, LatticeCommand.self, JudgeLattice.self, CurveCommand.self])

  /// Trains the network that reads lead names.
  struct Names: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Trains the network that reads lead names.")

    @Option(help: "The recipe, a JSON file.")
    var recipe = "Recipes/names.json"

    @Option(name: [.short, .long], help: "Where the weights are written.")
    var output = "out/names.safetensors"

    @Option(help: "Weights to go on from.")
    var start: String?

    @Option(help: "Minutes of training, instead of the recipe's.")
    var minutes: Double?

    func run() throws {
      var recipe = try NamesRecipe(json: Data(contentsOf: URL(fileURLWithPath: recipe)))
      if let minutes { recipe.training.minutes = minutes }
      let output = URL(fileURLWithPath: output)
      try FileManager.default.createDirectory(
        at: output.deletingLastPathComponent(), withIntermediateDirectories: true)
      let training = NamesTraining(
        recipe: recipe, output: output, start: start.map { URL(fileURLWithPath: $0) })
      try training.run { line in
        print(line)
        fflush(nil)
      }
    }
  }
}
