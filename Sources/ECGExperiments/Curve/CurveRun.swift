import ECGDigitizer
import ECGNetworks
package import ECGSynthesis
import ECGTraining
package import Foundation

/// Trains the network that tells where a row's curve runs.
package struct CurveRun: Sendable {
  package var recipe: NamesRecipe
  package var examples: CurveExamples
  /// Where weights are written, every two minutes and at the end; the run record, one JSON
  /// object a line, lies beside it.
  package var output: URL
  /// Weights to go on from.
  package var start: URL?

  package init(recipe: NamesRecipe, sources: [LeadSource], output: URL, start: URL? = nil) {
    self.recipe = recipe
    examples = CurveExamples(sources: sources)
    self.output = output
    self.start = start
  }

  /// Runs to the end of the recipe's time; `report` is told how it goes.
  package func run(_ report: (String) -> Void) throws {
    let library = try TorchLibrary(threads: recipe.computingThreads)
    let graph = CurveNetwork.graph()
    var numbers = SeededNumbers(seed: recipe.seed)
    let weights =
      try start.map { try NetworkWeights(safetensors: Data(contentsOf: $0)) }
      ?? graph.startingWeights(using: &numbers)
    let training = try CurveTraining(
      graph, start: weights, settings: recipe.training, library: library)
    let (examples, seed) = (examples, recipe.seed)
    let pool = ExamplePool(threads: recipe.drawingThreads, capacity: recipe.replayed) {
      examples.example(number: $0, seed: seed)
    }
    defer { pool.stop() }
    var record = RunRecord(url: output.deletingPathExtension().appendingPathExtension("jsonl"))
    try record.begin(recipe: recipe, library: library.version, start: start?.lastPathComponent)
    let frozen = examples.frozen(count: 64)
    let began = Date()
    let total = recipe.training.minutes * 60
    var (step, saved, sum, count) = (0, Date(), Float(0), Float(0))
    while true {
      let elapsed = Date().timeIntervalSince(began)
      guard elapsed < total else { break }
      let batch = pool.batch(
        count: recipe.training.batch, fresh: recipe.freshPerBatch, using: &numbers)
      let loss = try training.step(batch, number: step, fraction: elapsed / total)
      (sum, count, step) = (sum + loss, count + 1, step + 1)
      if step % 20 == 0 {
        let left = Int(max(0, total - elapsed))
        report(
          "\(step) steps, \(Int(elapsed)) s, cross-entropy \(sum / count), \(left / 60) min left")
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

  private func judge(
    _ training: CurveTraining, _ frozen: [CurveExample], step: Int, _ seconds: Double,
    _ record: inout RunRecord, _ report: (String) -> Void
  ) throws {
    var judgement = CurveJudgement(step: step, seconds: seconds)
    for first in stride(from: 0, to: frozen.count, by: 16) {
      let some = Array(frozen[first..<min(first + 16, frozen.count)])
      let (loss, logits) = try training.check(some)
      judgement.add(loss: loss, logits: logits, of: some)
    }
    try record.add(judgement.finished)
    report(judgement.finished.line)
  }

  private func save(_ training: CurveTraining) throws {
    try training.weights().safetensors(.half).write(to: output, options: .atomic)
  }
}
