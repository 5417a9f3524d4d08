import ECGNetworks
import ECGTraining

/// libtorch, where it is installed.
let library = try? TorchLibrary(threads: 1)

/// Repeatable random numbers for tests.
struct TestNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

/// Finds one bright square: a task that a small network learns in seconds.
struct SquareTask: TrainingTask {
  /// From this example on, inputs are not numbers.
  var brokenFrom: UInt64 = .max
  var width = 8

  var losses: [LossTerm] { [LossTerm(.binaryCrossEntropy, truth: "square", positiveWeight: 8)] }

  var graph: NetworkGraph {
    var g = NetworkGraph()
    let x = g.input(channels: 1)
    let half = g.block("a", of: x, outputs: width, stride: 2)
    let deep = g.block("b", of: half, outputs: width, stride: 2)
    let up = g.doubling(of: g.convolution("u", of: deep, outputs: width, size: 1))
    _ = g.convolution("m", of: g.concatenation(of: [up, half]), outputs: 1, size: 1)
    return g
  }

  func example(number: UInt64, seed: UInt64) -> TrainingExample {
    var numbers = TestNumbers(state: seed &* 977 &+ number)
    for _ in 0..<4 { _ = numbers.next() }
    let (cx, cy) = (
      Int.random(in: 0..<8, using: &numbers), Int.random(in: 0..<8, using: &numbers)
    )
    var input = (0..<256).map { _ in Float.random(in: -0.2...0.2, using: &numbers) }
    for y in 0..<2 { for x in 0..<2 { input[(2 * cy + y) * 16 + 2 * cx + x] += 1 } }
    if number >= brokenFrom { input[100] = .nan }
    var truth = [Float](repeating: 0, count: 64)
    truth[cy * 8 + cx] = 1
    return TrainingExample(
      input: .init(shape: [1, 16, 16], values: input),
      truths: ["square": .init(shape: [1, 8, 8], values: truth)])
  }

  func measures(
    of output: TrainingExample.Numbers, _ examples: [TrainingExample]
  ) -> [String: (sum: Double, count: Double)] {
    var hits = 0.0
    for (k, example) in examples.enumerated() {
      let map = output.values[(64 * k)..<(64 * k + 64)]
      let best = map.indices.max { map[$0] < map[$1] } ?? 0
      if example.truths["square"]?.values[best - 64 * k] == 1 { hits += 1 }
    }
    return ["found": (hits, Double(examples.count))]
  }

  /// Settings of a run of a second.
  var settings: TrainingSettings {
    var settings = TrainingSettings()
    settings.steps = 30
    settings.batch = 8
    settings.fresh = 4
    settings.replayed = 32
    settings.precision = .single
    settings.schedule = RateSchedule(rate: 1e-2, warmUpSteps: 5)
    settings.validationExamples = 16
    settings.validationSteps = 10
    settings.losses = losses
    return settings
  }
}
