import ECGDigitizer
import ECGNetworks
import ECGSynthesis
import ECGTraining
package import Foundation

/// Trains the network that finds the lattice, from drawn patches alone.
package struct LatticeTraining: Sendable {
  package var recipe: NamesRecipe
  /// Where weights are written, every two minutes and at the end; the run record, one JSON
  /// object a line, lies beside it.
  package var output: URL
  /// Weights to go on from.
  package var start: URL?

  package init(recipe: NamesRecipe, output: URL, start: URL? = nil) {
    self.recipe = recipe
    self.output = output
    self.start = start
  }

  /// Runs to the end of the recipe's time; `report` is told how it goes.
  package func run(_ report: (String) -> Void) throws {
    let library = try TorchLibrary(threads: recipe.computingThreads)
    let graph = LatticeNetwork.graph()
    var numbers = SeededNumbers(seed: recipe.seed)
    let weights =
      try start.map { try NetworkWeights(safetensors: Data(contentsOf: $0)) }
      ?? graph.startingWeights(using: &numbers)
    let training = try PhaseTraining(
      graph, start: weights, settings: recipe.training, library: library)
    let (examples, seed) = (LatticeExamples(), recipe.seed)
    let pool = ExamplePool(threads: recipe.drawingThreads, capacity: recipe.replayed) {
      examples.example(number: $0, seed: seed)
    }
    defer { pool.stop() }
    var record = RunRecord(url: output.deletingPathExtension().appendingPathExtension("jsonl"))
    try record.begin(recipe: recipe, library: library.version, start: start?.lastPathComponent)
    report("libtorch \(library.version), \(graph.parameters.count) tensors of weights")

    let frozen = examples.frozen(count: 64)
    let began = Date()
    let total = recipe.training.minutes * 60
    var (step, saved, sum, count) = (0, Date(), Float(0), Float(0))
    while true {
      let elapsed = Date().timeIntervalSince(began)
      guard elapsed < total else { break }
      let batch = pool.batch(
        count: recipe.training.batch, fresh: recipe.freshPerBatch, using: &numbers
      ).map { example in
        let mirrored = numbers.happens(0.5) ? example.mirrored() : example
        return numbers.happens(0.5) ? mirrored.flipped() : mirrored
      }
      let outcome = try training.step(batch, number: step, fraction: elapsed / total)
      (sum, count, step) = (sum + outcome.squaredError, count + 1, step + 1)
      if step % 20 == 0 {
        let entry = RunRecord.Entry(
          step: step, seconds: elapsed, squaredError: sum / count,
          rate: training.rate(step: step, fraction: elapsed / total))
        try record.add(entry)
        report(entry.line(of: total))
        (sum, count) = (0, 0)
      }
      if Date().timeIntervalSince(saved) > 120 {
        try save(training)
        try judge(training, frozen, step: step, elapsed, &record, report)
        saved = Date()
      }
    }
    try save(training)
    try judge(training, frozen, step: step, Date().timeIntervalSince(began), &record, report)
    report("done: \(step) steps, \(step * recipe.freshPerBatch) patches")
  }

  private static func mean(_ training: PhaseTraining, _ examples: [PhaseExample]) throws -> Float {
    var (sum, cells) = (Float(0), Float(0))
    for start in stride(from: 0, to: examples.count, by: 16) {
      let some = Array(examples[start..<min(start + 16, examples.count)])
      let judged = some.reduce(Float(0)) { $0 + $1.isGrid.reduce(0, +) }
      sum += try training.check(some).squaredError * judged
      cells += judged
    }
    return sum / max(cells, 1)
  }

  private func judge(
    _ training: PhaseTraining, _ frozen: [PhaseExample], step: Int, _ seconds: Double,
    _ record: inout RunRecord, _ report: (String) -> Void
  ) throws {
    let error = try LatticeTraining.mean(training, frozen)
    try record.add(RunRecord.Check(step: step, seconds: seconds, frozenSquaredError: error))
    report("\(step) steps: squared error \(error) on \(frozen.count) frozen patches")
  }

  private func save(_ training: PhaseTraining) throws {
    try training.weights().safetensors(.half).write(to: output, options: .atomic)
  }
}
