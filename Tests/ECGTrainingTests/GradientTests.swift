import ECGNetworks
import ECGTraining
import Testing

/// libtorch, where it is installed.
private let library = try? TorchLibrary(threads: 1)

/// Gradients against differences of the loss for weights a little larger and a little smaller.
@Suite("Gradients", .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct GradientTests {
  private let settings = SpotTraining.Settings(
    minutes: 1, batch: 2, warmUpSteps: 1, usesMixedPrecision: false)

  /// No normalization: it computes otherwise while training than while checking.
  private func graph(maps: Int) -> NetworkGraph {
    var g = NetworkGraph()
    let x = g.input(channels: 1)
    let half = g.sigmoid(of: g.convolution("a", of: x, outputs: 4, size: 3, stride: 2))
    let deep = g.sigmoid(of: g.convolution("b", of: half, outputs: 4, size: 3, stride: 2))
    let up = g.doubling(of: deep)
    let joined = g.concatenation(of: [g.addition(of: up, half), half])
    _ = g.convolution("m", of: joined, outputs: maps, size: 1)
    return g
  }

  private func weights(of graph: NetworkGraph) -> NetworkWeights {
    var numbers = SystemNumbers(state: 9)
    return graph.startingWeights(using: &numbers)
  }

  private struct SystemNumbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private func random(_ count: Int, _ range: ClosedRange<Float>, seed: UInt64) -> [Float] {
    var numbers = SystemNumbers(state: seed)
    return (0..<count).map { _ in Float.random(in: range, using: &numbers) }
  }

  /// Compares along the whole of each weight tensor, in the direction of its own gradient.
  private func expectAgreement(
    _ graph: NetworkGraph, gradient: (NetworkWeights, String) throws -> [Float],
    loss: (NetworkWeights) throws -> Float, without flat: Set<String> = []
  ) throws {
    let start = weights(of: graph)
    let names = ["a.weight", "a.bias", "b.weight", "m.weight", "m.bias"]
    // A softmax does not feel what is added to all of its inputs.
    for name in names where !flat.contains(name) {
      let slope = try gradient(start, name)
      let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
      try #require(length > 1e-4, "\(name) has a gradient")
      func moved(_ step: Float) throws -> Float {
        var moved = start
        for k in slope.indices { moved[name]?.values[k] += step * slope[k] / length }
        return try loss(moved)
      }
      let step: Float = 0.02
      let difference = try (moved(step) - moved(-step)) / (2 * step)
      #expect(abs(difference - length) < 0.02 * length + 2e-5, "\(name)")
    }
  }

  @Test("curves: cross-entropy of each column, weighted")
  func curves() throws {
    let library = try #require(library)
    var wanted = [Float](repeating: 0, count: 64)
    for column in 0..<7 {
      wanted[(column % 5) * 8 + column] = 0.7 * Float(1 + column % 3)
      wanted[(column % 5 + 1) * 8 + column] = 0.3 * Float(1 + column % 3)
    }
    let example = CurveExample(
      width: 16, height: 16, input: random(256, -1...1, seed: 6), wanted: wanted,
      cellColumns: 8, cellRows: 8)
    let graph = graph(maps: 1)
    func training(_ weights: NetworkWeights) throws -> CurveTraining {
      try CurveTraining(graph, start: weights, settings: settings, library: library)
    }
    try expectAgreement(
      graph, gradient: { try training($0).gradient(of: $1, on: [example]) },
      loss: { try training($0).check([example]).loss }, without: ["m.bias"])
  }

  @Test("phases: squared error and cross-entropy")
  func phases() throws {
    let library = try #require(library)
    let example = PhaseExample(
      side: 16, cells: 8, input: random(256, -1...1, seed: 1),
      phases: random(256, -1...1, seed: 2),
      isGrid: random(64, 0...1, seed: 3).map { $0 > 0.4 ? 1 : 0 })
    let graph = graph(maps: 5)
    func training(_ weights: NetworkWeights) throws -> PhaseTraining {
      try PhaseTraining(graph, start: weights, settings: settings, library: library)
    }
    try expectAgreement(
      graph, gradient: { try training($0).gradient(of: $1, on: [example]) },
      loss: {
        let outcome = try training($0).check([example])
        return outcome.squaredError + 0.25 * outcome.entropy
      })
  }

  @Test("spots: the focal loss")
  func spots() throws {
    let library = try #require(library)
    var targets = random(128, 0...0.9, seed: 4)
    for k in [3, 40, 100] { targets[k] = 1 }
    let example = SpotExample(
      input: random(256, -1...1, seed: 5), targets: targets,
      weights: random(128, 0...1, seed: 6).map { $0 > 0.2 ? 1 : 0 })
    let graph = graph(maps: 2)
    func training(_ weights: NetworkWeights) throws -> SpotTraining {
      try SpotTraining(
        graph, start: weights, side: 16, stride: 2, settings: settings, library: library)
    }
    try expectAgreement(
      graph, gradient: { try training($0).gradient(of: $1, on: [example]) },
      loss: { try training($0).check([example]) })
  }
}
