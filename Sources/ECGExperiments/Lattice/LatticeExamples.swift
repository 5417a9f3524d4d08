import ECGDigitizer
import ECGImaging
package import ECGSynthesis
package import ECGTraining

/// Training examples for the network that finds the lattice: patches as the rectifier prepares
/// photos.
package struct LatticeExamples: Sendable {
  package var generator: LatticePatchGenerator

  package init(generator: LatticePatchGenerator = LatticePatchGenerator()) {
    self.generator = generator
  }

  /// The example with this number; the same number gives the same example.
  package func example(number: UInt64, seed: UInt64) -> PhaseExample {
    var numbers = SeededNumbers(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
    let patch = generator.patch(using: &numbers)
    return PhaseExample(
      side: generator.pixels, cells: generator.pixels / LatticePatch.stride,
      input: LocalContrast(patch.raster, radius: LatticeNetwork.contrastRadius).values,
      phases: patch.phases, isGrid: patch.isGrid)
  }

  /// The frozen examples that every network is judged on; training never sees their seed.
  package func frozen(count: Int) -> [PhaseExample] {
    (0..<count).map { example(number: UInt64($0), seed: 0xF0F0_0001) }
  }
}
