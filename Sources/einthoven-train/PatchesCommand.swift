import ArgumentParser
import ECGCore
import ECGExperiments
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Foundation

/// Draws examples, to look at before training.
struct PatchesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patches", abstract: "Draws examples of a task side by side.")

  /// What patches there are.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case lattice, curve, letters
  }

  @Argument(help: "lattice, curve or letters.")
  var kind: Kind

  @Option(name: [.short, .long], help: "The PNG file.")
  var output: String

  func run() throws {
    let output = URL(fileURLWithPath: output)
    switch kind {
    case .lattice: try drawPatches(output)
    case .letters: try drawLines(output)
    case .curve: try CurveSheet(sources: DrawnHearts.sources(count: 20, seed: 5)).write(to: output)
    }
  }

  /// A sheet of strips, a green dot under the middle of each letter that is read.
  private func drawLines(_ url: URL) throws {
    let generator = LinePatchGenerator()
    let (columns, rows, width, height) = (4, 24, generator.width, generator.height + 4)
    var sheet = Raster<PhotoSpaceOfSheet>(width: columns * width, height: rows * height)
    let began = Date()
    for index in 0..<(columns * rows) {
      var numbers = SeededGenerator(seed: UInt64(index) &* 7919 &+ 5)
      let patch = generator.patch(using: &numbers)
      let (left, top) = (index % columns * width, index / columns * height)
      for y in 0..<generator.height {
        for x in 0..<(3 * width) {
          sheet.bytes[3 * ((top + y) * columns * width + left) + x] =
            patch.raster.bytes[3 * y * width + x]
        }
      }
      for letter in patch.letters where (0..<Double(width)).contains(letter.x) {
        for y in generator.height..<height {
          let pixel = 3 * ((top + y) * columns * width + left + Int(letter.x))
          let isRead = letter.letter != .other
          sheet.bytes[pixel] = isRead ? 0 : 255
          sheet.bytes[pixel + 1] = isRead ? 255 : 0
          sheet.bytes[pixel + 2] = 0
        }
      }
    }
    let perPatch = Date().timeIntervalSince(began) * 1000 / Double(columns * rows)
    try sheet.pngData().write(to: url)
    print("\(perPatch) ms a strip")
  }

  /// A sheet of patches, each above the cosine of its u.
  private func drawPatches(_ url: URL) throws {
    let (columns, rows, side) = (8, 4, LatticePatchGenerator().pixels)
    var sheet = Raster<PhotoSpaceOfSheet>(width: columns * side, height: rows * side)
    let began = Date()
    for index in 0..<(columns * rows) {
      var numbers = SeededGenerator(seed: UInt64(index) &* 7919 &+ 5)
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
