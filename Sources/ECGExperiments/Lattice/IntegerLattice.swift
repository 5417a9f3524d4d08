import ECGDigitizer
import ECGNetworks
import ECGSynthesis
import ECGTraining
package import Foundation

/// What computing in int8 costs and gains, on the lattice network's frozen examples.
package struct IntegerLattice: Sendable {
  package var weights: Data
  package var threads: Int
  /// Of the examples that are judged: training never draws them.
  package var seeds: [UInt64]
  package var examples: Int

  package init(weights: Data, threads: Int, seeds: [UInt64], examples: Int) {
    (self.weights, self.threads, self.seeds, self.examples) = (weights, threads, seeds, examples)
  }

  /// A line for each precision: error of the phases for each seed, how much of the cells are told
  /// apart rightly, and milliseconds for a picture of 512 × 512.
  package func lines() throws -> [String] {
    let (task, graph) = (LatticeExamples(), LatticeNetwork.graph())
    let weights = try NetworkWeights(safetensors: weights)
    let runtime = try InferenceRuntime.shared()
    let side = task.generator.pixels
    // Other pictures than those that are judged.
    let shown = (0..<24).map { task.example(number: $0, seed: 0xCA11).input.values }
    let calibration = try IntegerCalibration(
      of: graph, weights: weights, on: shown, width: side, height: side, runtime: runtime)
    let kinds: [(String, InferenceSession.Precision, IntegerCalibration?)] = [
      ("f32", .single, nil), ("bf16", .brain, nil), ("int8", .brain, calibration),
    ]
    return try kinds.map { name, precision, calibration in
      let session = try InferenceSession(
        graph, weights: weights, threads: threads, precision: precision, calibration: calibration,
        runtime: runtime)
      var text = name
      for seed in seeds {
        let (error, right) = try judge(session, task, seed: seed)
        text += String(format: "\tphases %.5f right %.4f", error, right)
      }
      return text + String(format: "\t%.1f ms", try milliseconds(session))
    }
  }

  /// The mean square of the phases' errors where there is a grid, and the share of cells that are
  /// rightly told to have one or not.
  private func judge(
    _ session: InferenceSession, _ task: LatticeExamples, seed: UInt64
  ) throws -> (error: Double, right: Double) {
    var (error, cells, right, all) = (0.0, 0.0, 0.0, 0.0)
    let side = task.generator.pixels
    for number in 0..<examples {
      let example = task.example(number: UInt64(number), seed: seed)
      guard let phases = example.truths["phases"], let isGrid = example.truths["isGrid"] else {
        continue
      }
      let maps = try session.run(example.input.values, width: side, height: side).values
      let count = isGrid.values.count
      for i in 0..<count {
        let grid = isGrid.values[i]
        all += 1
        if (maps[4 * count + i] > 0) == (grid > 0.5) { right += 1 }
        guard grid > 0.5 else { continue }
        cells += 4
        for k in 0..<4 {
          let difference = Double(maps[k * count + i] - phases.values[k * count + i])
          error += difference * difference
        }
      }
    }
    return (error / max(cells, 1), right / max(all, 1))
  }

  private func milliseconds(_ session: InferenceSession) throws -> Double {
    let input = [Float](repeating: 0.25, count: 3 * 512 * 512)
    var best = Duration.seconds(1000)
    for _ in 0..<20 {
      let took = try ContinuousClock().measure {
        _ = try session.run(input, width: 512, height: 512)
      }
      best = min(best, took)
    }
    return best / .milliseconds(1)
  }
}
