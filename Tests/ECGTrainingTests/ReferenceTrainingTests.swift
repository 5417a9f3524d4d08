import ECGNetworks
import ECGTraining
import Foundation
import Testing

/// Twenty steps against PyTorch's own modules, losses and optimizers, recorded by
/// `Scripts/torch/reference_training.py`.
@Suite(
  "Training as PyTorch does", .enabled(if: library != nil, "libtorch is not installed"),
  .serialized)
struct ReferenceTrainingTests {
  private struct Record: Decodable {
    var losses: [Double]
    var gradients: [Double]
    var final: Double
  }

  private var graph: NetworkGraph {
    var g = NetworkGraph()
    let x = g.input(channels: 1)
    let half = g.block("a", of: x, outputs: 6, size: 5, stride: 2)
    let deep = g.block("b", of: half, outputs: 8, stride: 2)
    let up = g.doubling(of: g.convolution("up", of: deep, outputs: 6, size: 1))
    _ = g.convolution("maps", of: g.concatenation(of: [up, half]), outputs: 3, size: 3)
    return g
  }

  private func settings(_ name: String) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.steps = 20
    settings.precision = .single
    settings.batch = 4
    switch name {
    case "regression":
      settings.losses = [
        LossTerm(.meanSquare, truth: "waves", mask: "mask", channels: [0, 2]),
        LossTerm(
          .binaryCrossEntropy, truth: "mask", channels: [2, 1], weight: 0.25, positiveWeight: 3),
      ]
      settings.optimizer = OptimizerSettings(weightDecay: 0.05, longestGradient: 0.5)
      settings.schedule = RateSchedule(.cosine, rate: 0.01, warmUpSteps: 5, lowest: 0.01)
    case "columns":
      settings.losses = [
        LossTerm(.columnCrossEntropy, truth: "columns", channels: [0, 1], weight: 0.5),
        LossTerm(.columnDivergence, truth: "columns", channels: [0, 1], weight: 2),
      ]
      settings.optimizer = OptimizerSettings(
        .momentum, weightDecay: 0.01, momentum: 0.8, longestGradient: 1e9)
      settings.schedule = RateSchedule(.oneCycle, rate: 0.05, warmUpSteps: 0, lowest: 0.02)
    default:
      settings.losses = [
        LossTerm(.focal, truth: "mask", channels: [0, 1]),
        LossTerm(.dice, truth: "mask", channels: [0, 1]),
        LossTerm(.smoothL1, truth: "waves", channels: [1, 2], weight: 0.5, beta: 0.5),
        LossTerm(.spots, truth: "spots", channels: [0, 1], weight: 0.1),
      ]
      settings.optimizer = OptimizerSettings(
        weightDecay: 0, momentum: 0.8, secondMomentum: 0.99, longestGradient: 1e9)
      settings.schedule = RateSchedule(.constant, rate: 0.003, warmUpSteps: 0)
      settings.averaging = 0.9
      settings.accumulated = 2
    }
    return settings
  }

  @Test("losses of twenty steps, to rounding", arguments: ["regression", "columns", "marks"])
  func losses(name: String) throws {
    let library = try #require(library)
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
    let kept = try NetworkWeights(
      safetensors: Data(contentsOf: folder.appendingPathComponent("reference.safetensors")))
    let records = try JSONDecoder().decode(
      [String: Record].self,
      from: Data(contentsOf: folder.appendingPathComponent("reference.json")))
    let record = try #require(records[name])
    var start = NetworkWeights()
    for name in kept.names where name.hasPrefix("start.") {
      start[String(name.dropFirst(6))] = kept[name]
    }
    let examples = try (0..<4).map { k in
      func part(_ name: String) throws -> TrainingExample.Numbers {
        let all = try #require(kept["data.\(name)"])
        let count = all.values.count / 4
        return .init(
          shape: Array(all.shape.dropFirst()),
          values: Array(all.values[(k * count)..<((k + 1) * count)]))
      }
      return try TrainingExample(
        input: part("input"),
        truths: [
          "waves": part("waves"), "mask": part("mask"), "spots": part("spots"),
          "columns": part("columns"),
        ])
    }
    let settings = settings(name)
    let trainer = try Trainer(graph, start: start, settings: settings, library: library)
    let parts =
      settings.accumulated == 1 ? [examples] : [Array(examples[0..<2]), Array(examples[2..<4])]
    for (step, (loss, norm)) in zip(record.losses, record.gradients).enumerated() {
      let rate = settings.schedule.rate(step: step, fraction: Double(step) / 20)
      let outcome = try trainer.step(parts, rate: rate)
      #expect(abs(outcome.loss - loss) < 2e-5 * abs(loss), "step \(step)")
      #expect(abs(try #require(outcome.gradient) - norm) < 2e-4 * norm, "step \(step)")
    }
    let final = try trainer.judge(examples) { _, _ in [:] }
    #expect(abs(final.loss - record.final) < 2e-5 * abs(record.final))
  }
}
