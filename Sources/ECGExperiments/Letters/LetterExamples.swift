import ECGCore
import ECGDigitizer
import ECGImaging
package import ECGNetworks
import ECGNumerics
package import ECGSynthesis
package import ECGTraining
import Foundation

/// Training of the network that reads letters: drawn lines as the reader prepares them.
package struct LetterExamples: TrainingTask {
  package var generator = LinePatchGenerator()
  /// How far a spot reaches, in cells.
  private static let spread = 0.75

  package init() {}

  package var graph: NetworkGraph { LetterNetwork.graph(endsWithSigmoid: false) }

  package var losses: [LossTerm] { [LossTerm(.spots, truth: "spots", mask: "judged")] }

  package func startingWeights(
    using generator: inout some RandomNumberGenerator
  ) -> NetworkWeights { LetterNetwork.startingWeights(using: &generator) }

  package func example(number: UInt64, seed: UInt64) -> TrainingExample {
    var numbers = SeededGenerator(example: number, seed: seed)
    let patch = generator.patch(using: &numbers)
    let (columns, rows) = (
      generator.width / LetterNetwork.stride, generator.height / LetterNetwork.stride
    )
    let kinds = PrintedLetter.inNetworkOrder
    var spots = [Float](repeating: 0, count: kinds.count * rows * columns)
    var judged = [Float](repeating: 1, count: spots.count)
    for letter in patch.letters {
      guard let kind = kinds.firstIndex(of: letter.letter) else { continue }
      let x = letter.x / Double(LetterNetwork.stride) - 0.5
      let y = letter.y / Double(LetterNetwork.stride) - 0.5
      let (column, row) = (Int(x.rounded()), Int(y.rounded()))
      let isCut =
        letter.x < 0.4 * letter.width || letter.x > Double(generator.width) - 0.4 * letter.width
      guard (-2...(columns + 1)).contains(column) else { continue }
      for r in max(0, row - 3)...max(0, min(rows - 1, row + 3)) {
        for c in max(0, column - 2)..<max(max(0, column - 2), min(columns, column + 3)) {
          for other in kinds.indices where isCut {
            judged[(other * rows + r) * columns + c] = 0
          }
          guard !isCut else { continue }
          let squared = Double((r - row) * (r - row) + (c - column) * (c - column))
          let i = (kind * rows + r) * columns + c
          let value = exp(-0.5 * squared / (LetterExamples.spread * LetterExamples.spread))
          spots[i] = max(spots[i], Float(value))
        }
      }
    }
    let shape = [kinds.count, rows, columns]
    return TrainingExample(
      input: .init(
        shape: [3, generator.height, generator.width], values: LocalContrast(patch.raster).values),
      truths: [
        "spots": .init(shape: shape, values: spots), "judged": .init(shape: shape, values: judged),
      ])
  }
}
