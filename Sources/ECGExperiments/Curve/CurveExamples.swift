import ECGDigitizer
package import ECGNetworks
import ECGNumerics
package import ECGSynthesis
package import ECGTraining
import Foundation

/// Training of the network that tells where a row's curve runs.
package struct CurveExamples: TrainingTask {
  package var generator: CurvePatchGenerator
  /// The spread of the wanted distributions, in rows of the answer; added to it is a part of how
  /// far the curve climbs within a column.
  package var spread = 0.8
  package var climbShare = 0.25
  /// How much more the steepest columns count than flat ones: signals are made of them.
  package var steepWeight = 2.0
  /// How much more columns near a change of leads count than others, and how near that is in mm:
  /// bars and names meet QRS complexes there.
  package var borderWeight = 2.0
  package var borderMillimeters = 3.0

  package init(sources: [LeadSource]) {
    generator = CurvePatchGenerator(sources: sources)
    generator.height = CurveNetwork.height
  }

  package var graph: NetworkGraph { CurveNetwork.graph() }

  package var losses: [LossTerm] {
    let pixels = CurveNetwork.stride * CurveNetwork.stride
    return [
      LossTerm(.columnCrossEntropy, truth: "curve", channels: [0, 1]),
      LossTerm(
        .binaryCrossEntropy, truth: "own", mask: "inked", channels: [1, pixels], weight: 2),
    ]
  }

  package func example(number: UInt64, seed: UInt64) -> TrainingExample {
    var numbers = SeededGenerator(example: number, seed: seed)
    return example(of: generator.patch(using: &numbers))
  }

  /// The part of the columns whose likeliest row is within half a millimetre of the truth.
  package func measures(
    of output: TrainingExample.Numbers, _ examples: [TrainingExample]
  ) -> [String: (sum: Double, count: Double)] {
    let (depth, high, wide) = (output.shape[1], output.shape[2], output.shape[3])
    let near = Float(0.5 * CurveNetwork.pixelsPerMillimeter / Double(CurveNetwork.stride))
    var (hits, columns) = (0.0, 0.0)
    for (k, example) in examples.enumerated() {
      guard let wanted = example.truths["curve"]?.values else { continue }
      for column in 0..<wide {
        var (best, top, truth, mass): (Int, Float, Float, Float) = (0, -.infinity, 0, 0)
        for row in 0..<high {
          let logit = output.values[(k * depth * high + row) * wide + column]
          if logit > top { (best, top) = (row, logit) }
          truth += wanted[row * wide + column] * Float(row)
          mass += wanted[row * wide + column]
        }
        guard mass > 0.5 else { continue }
        columns += 1
        if abs(Float(best) - truth / mass) <= near { hits += 1 }
      }
    }
    return ["share within 0.5 mm": (hits, columns), "ink told apart": told(output, examples)]
  }

  /// The inked pixels that are rightly called the row's own or not, of those that are clear.
  private func told(
    _ output: TrainingExample.Numbers, _ examples: [TrainingExample]
  ) -> (sum: Double, count: Double) {
    let size = output.shape[2] * output.shape[3]
    var (right, all) = (0.0, 0.0)
    for (k, example) in examples.enumerated() {
      guard let own = example.truths["own"]?.values, let inked = example.truths["inked"]?.values
      else { continue }
      let first = (k * output.shape[1] + 1) * size
      for i in own.indices where inked[i] > 0 && abs(own[i] - 0.5) > 0.2 {
        all += 1
        if (output.values[first + i] > 0) == (own[i] > 0.5) { right += 1 }
      }
    }
    return (right, all)
  }

  /// `pixels` of a patch, those of a cell as channels one after the other.
  private static func cells(_ pixels: [Float], width: Int) -> [Float] {
    let stride = CurveNetwork.stride
    let (columns, rows) = (width / stride, pixels.count / width / stride)
    var out: [Float] = []
    out.reserveCapacity(pixels.count)
    for v in 0..<stride {
      for u in 0..<stride {
        for row in 0..<rows {
          for column in 0..<columns {
            out.append(pixels[(stride * row + v) * width + stride * column + u])
          }
        }
      }
    }
    return out
  }

  private func isNear(_ patch: CurvePatch, column: Int) -> Bool {
    abs(Double(column) - patch.border)
      < borderMillimeters * CurvePatchGenerator.pixelsPerMillimeter
  }

  /// What the pixels of a patch weigh: 0 where there is no ink.
  private func inked(_ patch: CurvePatch) -> [Float] {
    patch.ink.indices.map { i in
      guard patch.ink[i] > 0.15 else { return 0 }
      return isNear(patch, column: i % patch.width) ? Float(borderWeight) : 1
    }
  }

  private func example(of patch: CurvePatch) -> TrainingExample {
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
      let isNear = self.isNear(patch, column: stride * column)
      let weight = Float((1 + steepWeight * min(climb / 3, 1)) * (isNear ? borderWeight : 1))
      for row in range { wanted[row * columns + column] *= weight / sum }
    }
    return TrainingExample(
      input: .init(
        shape: [2, patch.height, patch.width],
        values: CurveNetwork.input(patch.ink, width: patch.width)),
      truths: [
        "curve": .init(shape: [1, rows, columns], values: wanted),
        "own": .init(
          shape: [stride * stride, rows, columns],
          values: CurveExamples.cells(patch.own, width: patch.width)),
        // Elsewhere nothing is asked: bare paper is nobody's.
        "inked": .init(
          shape: [stride * stride, rows, columns],
          values: CurveExamples.cells(inked(patch), width: patch.width)),
      ])
  }
}
