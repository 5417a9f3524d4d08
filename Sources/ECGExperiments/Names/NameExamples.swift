import ECGCore
import ECGDigitizer
import ECGImaging
package import ECGNetworks
import ECGNumerics
package import ECGSynthesis
package import ECGTraining

/// Training of the network that reads names: drawn patches as the reader prepares them.
package struct NameExamples: TrainingTask {
  package var generator: NamePatchGenerator

  package init(generator: NamePatchGenerator = NamePatchGenerator()) {
    self.generator = generator
  }

  package var graph: NetworkGraph { NamesNetwork.graph(endsWithSigmoid: false) }

  package var losses: [LossTerm] { [LossTerm(.spots, truth: "spots", mask: "judged")] }

  package func startingWeights(
    using generator: inout some RandomNumberGenerator
  ) -> NetworkWeights { NamesNetwork.startingWeights(using: &generator) }

  package func example(number: UInt64, seed: UInt64) -> TrainingExample {
    var numbers = SeededGenerator(example: number, seed: seed)
    let patch = generator.patch(using: &numbers)
    let targets = patch.targets()
    let (side, cells) = (generator.pixels, generator.pixels / NamesNetwork.stride)
    let shape = [targets.spots.count / (cells * cells), cells, cells]
    return TrainingExample(
      input: .init(shape: [3, side, side], values: LocalContrast(patch.raster).values),
      truths: [
        "spots": .init(shape: shape, values: targets.spots),
        "judged": .init(shape: shape, values: targets.weights),
      ])
  }
}
