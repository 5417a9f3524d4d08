import ECGDigitizer
import ECGNetworks
import ECGTraining
package import Foundation

/// How fast the lattice network is trained and run here.
package struct SpeedMeasurement {
  package var threads: Int
  /// How often each is done; the fastest counts.
  package var steps: Int
  /// Of a training picture and of an inference picture.
  private let sides = (training: 256, inference: 512)
  private let batch = 8

  package init(threads: Int, steps: Int) {
    self.threads = threads
    self.steps = steps
  }

  /// Lines of `what<TAB>milliseconds`, the same that `Scripts/torch/bench.py` prints.
  package func lines(onnx: URL?) throws -> [String] {
    let graph = LatticeNetwork.graph()
    var generator = SystemRandomNumberGenerator()
    let weights = graph.startingWeights(using: &generator)
    if let onnx { try graph.onnx(with: weights).write(to: onnx) }
    var lines: [String] = []
    for (name, precision) in [("f32", InferenceSession.Precision.single), ("bf16", .brain)] {
      let session = try InferenceSession(
        graph, weights: weights, threads: threads, precision: precision,
        runtime: InferenceRuntime.shared())
      let input = numbers(3 * sides.inference * sides.inference)
      let best = try fastest {
        _ = try session.run(input, width: sides.inference, height: sides.inference)
      }
      lines.append("inference \(name)\t\(best)")
    }
    let library = try TorchLibrary(threads: threads)
    for (name, precision) in [("f32", TrainingSettings.Precision.single), ("bf16", .brain)] {
      var settings = TrainingSettings()
      settings.precision = precision
      settings.losses = [LossTerm(.meanSquare, truth: "maps")]
      let trainer = try Trainer(graph, start: weights, settings: settings, library: library)
      let (side, half) = (sides.training, sides.training / LatticeNetwork.stride)
      let examples = (0..<batch).map { _ in
        TrainingExample(
          input: .init(shape: [3, side, side], values: numbers(3 * side * side)),
          truths: ["maps": .init(shape: [5, half, half], values: numbers(5 * half * half))])
      }
      lines.append("training \(name)\t\(try fastest { try trainer.step([examples], rate: 1e-3) })")
    }
    return lines
  }

  private func numbers(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 97) / 97 - 0.5 } }

  /// Milliseconds of the fastest of several, after two that warm up.
  private func fastest(_ work: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for number in 0..<(steps + 2) {
      let began = ContinuousClock.now
      try work()
      let (seconds, atto) = began.duration(to: .now).components
      if number >= 2 { best = min(best, Double(seconds) * 1e3 + Double(atto) * 1e-15) }
    }
    return best
  }
}
