import ECGDigitizer
import ECGNetworks
import ECGTraining
package import Foundation

/// How fast the lattice network is trained and run here.
package struct SpeedMeasurement {
  package var threads: Int
  /// How often training is done, and inference eight times as often; the fastest counts.
  package var steps: Int
  /// Whether the processor's time counts instead of the clock's: with one thread it is the same on
  /// a machine that others use, too.
  package var countsProcessorTime = false
  /// Of a training picture and of an inference picture.
  private let sides = (training: 256, inference: 512)
  private let batch = 8

  package init(threads: Int, steps: Int) {
    (self.threads, self.steps) = (threads, steps)
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
      let best = try fastest(of: 8 * steps) {
        _ = try session.run(input, width: sides.inference, height: sides.inference)
      }
      lines.append("inference \(name)\t\(best)")
    }
    let library = try TorchLibrary(threads: threads)
    for (name, precision) in [("f32", TrainingSettings.Precision.single), ("bf16", .bfloat16)] {
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
      lines.append(
        "training \(name)\t\(try fastest(of: steps) { try trainer.step([examples], rate: 1e-3) })")
    }
    return lines
  }

  private func numbers(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 97) / 97 - 0.5 } }

  /// Milliseconds of the fastest of several, after two that warm up.
  private func fastest(of count: Int, _ work: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for number in 0..<(count + 2) {
      let began = now()
      try work()
      if number >= 2 { best = min(best, now() - began) }
    }
    return best
  }

  /// Milliseconds since some moment.
  private func now() -> Double {
    var time = timespec()
    clock_gettime(countsProcessorTime ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
  }
}
