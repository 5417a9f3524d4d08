import ECGDigitizer
package import ECGSynthesis
package import ECGTraining
import Foundation

/// Training examples for the network that tells where a row's curve runs.
package struct CurveExamples: Sendable {
  package var generator: CurvePatchGenerator
  /// The spread of the wanted distributions, in rows of the answer; added to it is a part of how
  /// far the curve climbs within a column.
  package var spread = 0.8
  package var climbShare = 0.25
  /// How much more the steepest columns count than flat ones: signals are made of them.
  package var steepWeight = 2.0

  package init(sources: [LeadSource]) {
    generator = CurvePatchGenerator(sources: sources)
    generator.height = CurveNetwork.height
  }

  /// The example with this number; the same number gives the same example.
  package func example(number: UInt64, seed: UInt64) -> CurveExample {
    var numbers = SeededNumbers(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
    return example(of: generator.patch(using: &numbers))
  }

  /// The frozen examples that every network is judged on; training never sees their seed.
  package func frozen(count: Int) -> [CurveExample] {
    (0..<count).map { example(number: UInt64($0), seed: 0xF0F0_0003) }
  }

  private func example(of patch: CurvePatch) -> CurveExample {
    let stride = CurveNetwork.stride
    let (columns, rows) = (patch.width / stride, patch.height / stride)
    var wanted = [Float](repeating: 0, count: columns * rows)
    // Cell k holds pixels stride · k …: its middle lies half a pixel on.
    let middle = Double(stride - 1) / 2
    for column in 0..<columns {
      let near = (0..<stride).compactMap { patch.curve[stride * column + $0] }
      guard near.count == stride else { continue }
      let y = (near.reduce(0, +) / Double(stride) - middle) / Double(stride)
      let climb = abs((near.last ?? 0) - (near.first ?? 0))
      let deviation = (spread * spread + climbShare * climb * climbShare * climb).squareRoot()
      let reach = Int((3.5 * deviation).rounded(.up))
      let range = max(0, Int(y) - reach)...min(rows - 1, Int(y) + reach + 1)
      var sum: Float = 0
      for row in range {
        let d = (Double(row) - y) / deviation
        let value = Float(exp(-0.5 * d * d))
        wanted[row * columns + column] = value
        sum += value
      }
      let weight = Float(1 + steepWeight * min(climb / 3, 1))
      for row in range { wanted[row * columns + column] *= weight / sum }
    }
    return CurveExample(
      width: patch.width, height: patch.height,
      input: CurveNetwork.input(patch.ink, width: patch.width), wanted: wanted,
      cellColumns: columns, cellRows: rows)
  }
}
