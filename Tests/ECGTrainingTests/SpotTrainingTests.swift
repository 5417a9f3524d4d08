import ECGNetworks
import ECGTraining
import Foundation
import Testing

/// libtorch, where it is installed.
private let library = try? TorchLibrary(threads: 1)

@Suite("Training", .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct SpotTrainingTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 1
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  /// A small net with every kind of node, one map at a quarter of the resolution.
  private func graph(sigmoid: Bool) -> NetworkGraph {
    var g = NetworkGraph()
    let x = g.input(channels: 1)
    let quarter = g.block(
      "a", of: g.block("h", of: x, outputs: 6, stride: 2), outputs: 8, stride: 2)
    let deep = g.block("b", of: quarter, outputs: 8, stride: 2)
    let up = g.doubling(of: g.convolution("u", of: deep, outputs: 8, size: 1))
    let joined = g.block("c", of: g.concatenation(of: [up, quarter]), outputs: 8)
    let sum = g.addition(of: joined, quarter)
    let maps = g.convolution("m", of: sum, outputs: 1, size: 1)
    if sigmoid { _ = g.sigmoid(of: maps) }
    return g
  }

  /// A picture with one bright square whose middle is the spot.
  private func example(using numbers: inout Numbers) -> SpotExample {
    let (cx, cy) = (Int.random(in: 1..<7, using: &numbers), Int.random(in: 1..<7, using: &numbers))
    var input = (0..<1024).map { _ in Float.random(in: -0.2...0.2, using: &numbers) }
    for y in 0..<4 { for x in 0..<4 { input[(4 * cy + y) * 32 + 4 * cx + x] += 1 } }
    var targets = [Float](repeating: 0, count: 64)
    targets[cy * 8 + cx] = 1
    return SpotExample(
      input: input, targets: targets, weights: [Float](repeating: 1, count: 64))
  }

  @Test("a few steps teach a small net, and it then runs the same in the inference library")
  func learns() throws {
    let library = try #require(library)
    var numbers = Numbers()
    let logits = graph(sigmoid: false)
    let training = try SpotTraining(
      logits, start: logits.startingWeights(using: &numbers), side: 32, stride: 4,
      settings: .init(minutes: 1, batch: 8, rate: 1e-2, warmUpSteps: 5, usesMixedPrecision: false),
      library: library)
    var losses: [Float] = []
    for step in 0..<60 {
      let batch = (0..<8).map { _ in example(using: &numbers) }
      losses.append(try training.step(batch, number: step, fraction: Double(step) / 60).loss)
    }
    let early = losses.prefix(5).reduce(0, +)
    let late = losses.suffix(5).reduce(0, +)
    #expect(late < 0.3 * early, "\(losses)")

    guard let runtime = try? InferenceRuntime.shared() else { return }
    let session = try InferenceSession(
      graph(sigmoid: true), weights: training.weights(), runtime: runtime)
    var right = 0
    for _ in 0..<20 {
      let example = example(using: &numbers)
      let output = try session.run(example.input, width: 32, height: 32)
      let best = output.values.indices.max { output.values[$0] < output.values[$1] }
      right += best == example.targets.firstIndex(of: 1) ? 1 : 0
    }
    #expect(right >= 18, "\(right) of 20")
  }

  @Test("the interpreter and the inference library agree")
  func agree() throws {
    let (library, runtime) = (try #require(library), try InferenceRuntime.shared())
    var numbers = Numbers()
    let g = graph(sigmoid: true)
    var weights = g.startingWeights(using: &numbers)
    for name in weights.names where name.contains("norm") {
      weights[name]?.values.indices.forEach { i in
        weights[name]?.values[i] = Float.random(in: 0.5...1.5, using: &numbers)
      }
    }
    let input = example(using: &numbers).input
    let here = try GraphRun(g, weights: weights, library: library).run(input, width: 32, height: 32)
    let there = try InferenceSession(g, weights: weights, runtime: runtime)
      .run(input, width: 32, height: 32).values
    #expect(zip(here, there).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(Set(here.map { ($0 * 1000).rounded() }).count > 10)
  }
}
