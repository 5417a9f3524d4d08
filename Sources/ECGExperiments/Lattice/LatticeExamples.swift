import ECGDigitizer
import ECGImaging
package import ECGNetworks
import ECGNumerics
package import ECGSynthesis
package import ECGTraining

/// Training of the network that finds the lattice: patches as the rectifier prepares photos.
///
/// Squared error of the four phase maps where there is a grid, and a quarter of the cross-entropy
/// of whether there is one.
package struct LatticeExamples: TrainingTask {
  package var generator: LatticePatchGenerator

  package init(generator: LatticePatchGenerator = LatticePatchGenerator()) {
    self.generator = generator
  }

  package var graph: NetworkGraph { LatticeNetwork.graph() }

  package var losses: [LossTerm] {
    [
      LossTerm(.meanSquare, truth: "phases", mask: "isGrid", channels: [0, 4]),
      LossTerm(.binaryCrossEntropy, truth: "isGrid", channels: [4, 1], weight: 0.25),
    ]
  }

  package func example(number: UInt64, seed: UInt64) -> TrainingExample {
    var numbers = SeededGenerator(example: number, seed: seed)
    let patch = generator.patch(using: &numbers)
    let (side, cells) = (generator.pixels, generator.pixels / LatticePatch.stride)
    let contrast = LocalContrast(patch.raster, radius: LatticeNetwork.contrastRadius)
    return TrainingExample(
      input: .init(shape: [3, side, side], values: contrast.values),
      truths: [
        "phases": .init(shape: [4, cells, cells], values: patch.phases),
        "isGrid": .init(shape: [1, cells, cells], values: patch.isGrid),
      ])
  }

  package func varied(
    _ example: TrainingExample, using generator: inout some RandomNumberGenerator
  ) -> TrainingExample {
    let once = Bool.random(using: &generator) ? LatticeExamples.mirrored(example) : example
    return Bool.random(using: &generator) ? LatticeExamples.flipped(once) : once
  }

  /// The example mirrored left to right: u counts the other way.
  package static func mirrored(_ example: TrainingExample) -> TrainingExample {
    changed(example, negating: 1) { numbers in
      var out = numbers
      let width = numbers.shape[2]
      for start in stride(from: 0, to: numbers.values.count, by: width) {
        for x in 0..<width { out.values[start + x] = numbers.values[start + width - 1 - x] }
      }
      return out
    }
  }

  /// The example upside down, not turned: v counts the other way.
  package static func flipped(_ example: TrainingExample) -> TrainingExample {
    changed(example, negating: 3) { numbers in
      var out = numbers
      let (height, width) = (numbers.shape[1], numbers.shape[2])
      for row in 0..<(numbers.values.count / width) {
        let (map, y) = (row / height, row % height)
        let (to, from) = (row * width, (map * height + height - 1 - y) * width)
        for x in 0..<width { out.values[to + x] = numbers.values[from + x] }
      }
      return out
    }
  }

  private static func changed(
    _ example: TrainingExample, negating map: Int,
    _ change: (TrainingExample.Numbers) -> TrainingExample.Numbers
  ) -> TrainingExample {
    var out = TrainingExample(
      input: change(example.input), truths: example.truths.mapValues(change))
    guard let shape = out.truths["phases"]?.shape else { return out }
    let count = shape[1] * shape[2]
    for k in (map * count)..<((map + 1) * count) { out.truths["phases"]?.values[k].negate() }
    return out
  }
}
