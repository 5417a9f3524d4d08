import Foundation
import Testing

/// What the definitions say, edge case by edge case; written by `Scripts/reference_evaluation.py`.
struct EvaluationVectors: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    struct Figures: Decodable {
      var snrMedian: Double
      var ks: Double
      var asci: Double
      var wad: Double
    }

    var name: String
    var samplingFrequency: Double
    var truth: [Double?]
    var prediction: [Double?]
    var kaggleSignal: Double
    var kaggleNoise: Double
    var kaggleShift: Int
    var strict: [Double]
    var strictOffset: [Double]
    var shape: [Double]
    var physionet: Double?
    var figures: Figures?

    var testDescription: String { name }
  }

  struct SignedRank: Decodable {
    var differences: [Double]
    var probability: Double
  }

  var cases: [Case]
  var wilcoxon: [SignedRank]

  static func load() throws -> EvaluationVectors {
    let file = Bundle.module.resourceURL?.appendingPathComponent("Fixtures/evaluation.json")
    guard let file else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(EvaluationVectors.self, from: Data(contentsOf: file))
  }
}
