import ECGNetworks
import ECGTraining
import Testing

/// Gradients against differences of the loss for weights a little larger and a little smaller.
@Suite("Gradients", .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct GradientTests {
  /// No normalization: it computes otherwise while training than while judging.
  private var graph: NetworkGraph {
    var g = NetworkGraph()
    let x = g.input(channels: 1)
    let half = g.sigmoid(of: g.convolution("a", of: x, outputs: 4, size: 3, stride: 2))
    let deep = g.sigmoid(of: g.convolution("b", of: half, outputs: 4, size: 3, stride: 2))
    let up = g.doubling(of: deep)
    let joined = g.concatenation(of: [g.addition(of: up, half), half])
    _ = g.convolution("m", of: joined, outputs: 2, size: 1)
    return g
  }

  private func example(seed: UInt64) -> TrainingExample {
    var numbers = TestNumbers(state: seed)
    func random(_ count: Int, _ range: ClosedRange<Float>) -> [Float] {
      (0..<count).map { _ in Float.random(in: range, using: &numbers) }
    }
    var spots = random(128, 0...0.9)
    for k in [3, 40, 100] { spots[k] = 1 }
    var columns = random(128, 0...1)
    for row in 0..<8 { columns[8 * row + 5] = 0 }
    func maps(_ channels: Int, _ values: [Float]) -> TrainingExample.Numbers {
      .init(shape: [channels, 8, 8], values: values)
    }
    return TrainingExample(
      input: .init(shape: [1, 16, 16], values: random(256, -1...1)),
      truths: [
        "values": maps(2, random(128, -1...1)),
        "ones": maps(2, random(128, 0...1).map { $0 > 0.6 ? 1 : 0 }),
        "mask": maps(1, random(64, 0...1).map { $0 > 0.3 ? 1 : 0 }),
        "spots": maps(2, spots), "columns": maps(2, columns),
      ])
  }

  static let terms: [LossTerm] = [
    LossTerm(.meanSquare, truth: "values", mask: "mask"),
    LossTerm(.smoothL1, truth: "values", beta: 0.3),
    LossTerm(.binaryCrossEntropy, truth: "ones", mask: "mask", positiveWeight: 3),
    LossTerm(.focal, truth: "ones", gamma: 1.5, alpha: 0.4),
    LossTerm(.spots, truth: "spots"),
    LossTerm(.dice, truth: "ones", mask: "mask"),
    LossTerm(.columnCrossEntropy, truth: "columns"),
    LossTerm(.columnDivergence, truth: "columns"),
  ]

  @Test("every kind of loss is tested")
  func complete() {
    #expect(Set(GradientTests.terms.map(\.kind)) == Set(LossTerm.Kind.allCases))
  }

  /// Compares along the whole of each weight tensor, in the direction of its own gradient.
  @Test("agree with differences of the loss", arguments: GradientTests.terms)
  func agree(term: LossTerm) throws {
    let library = try #require(library)
    var settings = TrainingSettings()
    settings.precision = .single
    settings.losses = [term]
    let examples = [example(seed: 1), example(seed: 2)]
    var numbers = TestNumbers(state: 9)
    let start = graph.startingWeights(using: &numbers)
    func trainer(_ weights: NetworkWeights) throws -> Trainer {
      try Trainer(graph, start: weights, settings: settings, library: library)
    }
    for name in ["a.weight", "a.bias", "b.weight", "m.weight", "m.bias"] {
      let slope = try trainer(start).gradient(of: name, on: examples)
      let length = Double(slope.reduce(0) { $0 + $1 * $1 }).squareRoot()
      if name == "m.bias", [.columnCrossEntropy, .columnDivergence].contains(term.kind) {
        // A softmax does not see what is added to a whole column.
        #expect(length < 1e-6)
        continue
      }
      try #require(length > 1e-5, "\(name) has a gradient")
      func moved(_ step: Float) throws -> Double {
        var moved = start
        for k in slope.indices { moved[name]?.values[k] += step * slope[k] / Float(length) }
        return try trainer(moved).loss(of: examples)
      }
      let step: Float = 0.02
      let difference = try (moved(step) - moved(-step)) / Double(2 * step)
      #expect(abs(difference - length) < 0.02 * length + 2e-5, "\(name)")
    }
  }
}
