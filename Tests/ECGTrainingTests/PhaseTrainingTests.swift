import ECGNetworks
import ECGTraining
import Foundation
import Testing

/// libtorch, where it is installed.
private let library = try? TorchLibrary(threads: 1)

@Suite("Training on phases", .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct PhaseTrainingTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 3
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private let settings = SpotTraining.Settings(
    minutes: 1, batch: 4, rate: 1e-2, warmUpSteps: 5, usesMixedPrecision: false)

  /// Two convolutions, five maps at half the resolution.
  private var graph: NetworkGraph {
    var g = NetworkGraph()
    let x = g.input(channels: 1)
    let half = g.block("a", of: x, outputs: 8, size: 5, stride: 2)
    _ = g.convolution("m", of: g.block("b", of: half, outputs: 8), outputs: 5, size: 3)
    return g
  }

  /// Waves of one direction each; a grid on the left half only.
  private func example(using numbers: inout Numbers) -> PhaseExample {
    let (side, cells) = (32, 16)
    let (u0, v0) = (
      Float.random(in: 0..<1, using: &numbers), Float.random(in: 0..<1, using: &numbers)
    )
    var input = [Float](repeating: 0, count: side * side)
    for y in 0..<side {
      for x in 0..<side / 2 {
        let (u, v) = (u0 + Float(x) / 8, v0 + Float(y) / 8)
        input[y * side + x] = max(cos(2 * .pi * u), cos(2 * .pi * v))
      }
    }
    var phases = [Float](repeating: 0, count: 4 * cells * cells)
    var isGrid = [Float](repeating: 0, count: cells * cells)
    for j in 0..<cells {
      for i in 0..<cells {
        let at = j * cells + i
        let (u, v) = (u0 + (2 * Float(i) + 0.5) / 8, v0 + (2 * Float(j) + 0.5) / 8)
        isGrid[at] = i < cells / 2 ? 1 : 0
        phases[at] = cos(2 * .pi * u)
        phases[cells * cells + at] = sin(2 * .pi * u)
        phases[2 * cells * cells + at] = cos(2 * .pi * v)
        phases[3 * cells * cells + at] = sin(2 * .pi * v)
      }
    }
    return PhaseExample(side: side, cells: cells, input: input, phases: phases, isGrid: isGrid)
  }

  @Test("a few steps lower the error on examples that were never trained on")
  func learns() throws {
    let library = try #require(library)
    var numbers = Numbers()
    let training = try PhaseTraining(
      graph, start: graph.startingWeights(using: &numbers), settings: settings, library: library)
    let unseen = (0..<8).map { _ in example(using: &numbers) }
    let before = try training.check(unseen)
    for step in 0..<80 {
      let batch = (0..<4).map { _ in example(using: &numbers) }
      _ = try training.step(batch, number: step, fraction: Double(step) / 80)
    }
    let after = try training.check(unseen)
    #expect(after.squaredError < 0.7 * before.squaredError)
    #expect(after.entropy < 0.5 * before.entropy)
  }

  @Test("the loss is what the formula says, for answers of nothing but zeros")
  func lossOfZeros() throws {
    let library = try #require(library)
    var numbers = Numbers()
    var weights = graph.startingWeights(using: &numbers)
    weights["m.weight"]?.values.indices.forEach { weights["m.weight"]?.values[$0] = 0 }
    let training = try PhaseTraining(graph, start: weights, settings: settings, library: library)
    let outcome = try training.check([example(using: &numbers)])
    // cos² + sin² of both: a mean of one half; one is added to the count so that it is never 0.
    let cells = Float(16 * 8)
    #expect(abs(outcome.squaredError - 2 * cells / (4 * cells + 1)) < 1e-4)
    #expect(abs(outcome.entropy - log(2)) < 1e-4)
  }

  @Test("mirroring turns the sign of u's sine and nothing else")
  func mirrors() {
    var numbers = Numbers()
    let example = example(using: &numbers)
    let mirrored = example.mirrored()
    let (cells, map) = (example.cells, example.cells * example.cells)
    for (j, i) in [(0, 15), (3, 9), (15, 12)] {
      let (here, there) = (j * cells + i, j * cells + cells - 1 - i)
      #expect(mirrored.isGrid[here] == example.isGrid[there])
      #expect(mirrored.phases[here] == example.phases[there])
      #expect(mirrored.phases[map + here] == -example.phases[map + there])
      #expect(mirrored.phases[3 * map + here] == example.phases[3 * map + there])
    }
    #expect(mirrored.input[5 * 32 + 31] == example.input[5 * 32])
    let twice = example.mirrored().flipped().flipped().mirrored()
    #expect(twice.input == example.input && twice.phases == example.phases)
  }

  @Test("a loss that is not a number stops the run and says where")
  func notANumber() throws {
    let library = try #require(library)
    var numbers = Numbers()
    let training = try PhaseTraining(
      graph, start: graph.startingWeights(using: &numbers), settings: settings, library: library)
    var broken = example(using: &numbers)
    broken.input[100] = .nan
    #expect {
      _ = try training.step([broken], number: 12, fraction: 0)
    } throws: { error in
      "\(error)".contains("step 12")
    }
  }
}
