import ArgumentParser
import ECGExperiments
import ECGImaging
import ECGSynthesis
import ECGTraining
import Foundation

/// Trains the network that finds the lattice.
struct LatticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lattice", abstract: "Trains the network that finds the grid's lattice.")

  @Option(help: "The recipe, a JSON file.")
  var recipe = "Recipes/lattice.json"

  @Option(name: [.short, .long], help: "Where the weights are written.")
  var output = "out/lattice.safetensors"

  @Option(help: "Weights to go on from.")
  var start: String?

  @Option(help: "Minutes of training, instead of the recipe's.")
  var minutes: Double?

  @Option(help: "Draw so many patches side by side into this PNG file, and do not train.")
  var patches: String?

  func run() throws {
    if let patches { return try drawPatches(URL(fileURLWithPath: patches)) }
    var recipe = try NamesRecipe(json: Data(contentsOf: URL(fileURLWithPath: recipe)))
    if let minutes { recipe.training.minutes = minutes }
    let output = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(
      at: output.deletingLastPathComponent(), withIntermediateDirectories: true)
    let training = LatticeTraining(
      recipe: recipe, output: output, start: start.map { URL(fileURLWithPath: $0) })
    try training.run { line in
      print(line)
      fflush(nil)
    }
  }

  /// A sheet of patches, each above the cosine of its u.
  private func drawPatches(_ url: URL) throws {
    let (columns, rows, side) = (8, 4, LatticePatchGenerator().pixels)
    var sheet = Raster<PhotoSpaceOfSheet>(width: columns * side, height: rows * side)
    let began = Date()
    for index in 0..<(columns * rows) {
      var numbers = SeededNumbers(seed: UInt64(index) &* 7919 &+ 5)
      let patch = LatticePatchGenerator().patch(using: &numbers)
      let (left, top) = (index % columns * side, index / columns * side)
      for y in 0..<side {
        for x in 0..<(3 * side) {
          sheet.bytes[3 * ((top + y) * columns * side + left) + x] =
            patch.raster.bytes[3 * y * side + x]
        }
        for x in 0..<side where y > side / 2 && x > side / 2 {
          // The truth, over a quarter of the patch: dark lines where u or v is whole.
          let at = (y / 2) * (side / 2) + x / 2
          let cells = side * side / 4
          let crossing = max(patch.phases[at], patch.phases[2 * cells + at])
          guard patch.isGrid[at] > 0, crossing > 0.93 else { continue }
          let pixel = 3 * ((top + y) * columns * side + left + x)
          (sheet.bytes[pixel], sheet.bytes[pixel + 1], sheet.bytes[pixel + 2]) = (0, 200, 0)
        }
      }
    }
    let perPatch = Date().timeIntervalSince(began) * 1000 / Double(columns * rows)
    try sheet.pngData().write(to: url)
    print("\(perPatch) ms a patch")
  }
}

/// A sheet of many patches.
private enum PhotoSpaceOfSheet: Sendable {}
