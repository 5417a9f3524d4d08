import ArgumentParser
import ECGCore
import ECGExperiments
import ECGImaging
import ECGSynthesis
import ECGTraining
import Foundation

/// Trains the network that tells where a row's curve runs.
struct CurveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve", abstract: "Trains the network that follows a row's curve.")

  @Option(help: "The recipe, a JSON file.")
  var recipe = "Recipes/curve.json"

  @Option(name: [.short, .long], help: "Where the weights are written.")
  var output = "out/curve.safetensors"

  @Option(help: "Weights to go on from.")
  var start: String?

  @Option(help: "Unpacked samples of the shared signals; without them drawn hearts are used.")
  var samples: String?

  @Option(help: "Minutes of training, instead of the recipe's.")
  var minutes: Double?

  @Option(help: "Draw patches side by side into this PNG file, and do not train.")
  var patches: String?

  func run() throws {
    let sources = try sources()
    if let patches {
      return try CurveSheet(sources: sources).write(to: URL(fileURLWithPath: patches))
    }
    var recipe = try NamesRecipe(json: Data(contentsOf: URL(fileURLWithPath: recipe)))
    if let minutes { recipe.training.minutes = minutes }
    let output = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(
      at: output.deletingLastPathComponent(), withIntermediateDirectories: true)
    let run = CurveRun(
      recipe: recipe, sources: sources, output: output,
      start: start.map { URL(fileURLWithPath: $0) })
    print("\(sources.count) recordings")
    try run.run { line in
      print(line)
      fflush(nil)
    }
  }

  private func sources() throws -> [LeadSource] {
    guard let samples else { return DrawnHearts.sources(count: 300, seed: 5) }
    let data = ProcessInfo.processInfo.environment["EINTHOVEN_DATA"] ?? "../shared"
    return try HeartLibrary.sources(
      samples: URL(fileURLWithPath: samples), data: URL(fileURLWithPath: data + "/data"))
  }
}
