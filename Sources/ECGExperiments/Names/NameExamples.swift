import ECGCore
import ECGImaging
package import ECGSynthesis
package import ECGTraining

/// Training examples for the network that reads names: drawn patches as the reader prepares them.
package struct NameExamples: Sendable {
  package var generator: NamePatchGenerator

  package init(generator: NamePatchGenerator = NamePatchGenerator()) {
    self.generator = generator
  }

  /// The example with this number; the same number gives the same example.
  package func example(number: UInt64, seed: UInt64) -> SpotExample {
    var numbers = SeededNumbers(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
    let patch = generator.patch(using: &numbers)
    let targets = patch.targets()
    return SpotExample(
      input: LocalContrast(patch.raster).values, targets: targets.spots, weights: targets.weights)
  }
}
