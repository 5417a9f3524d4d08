import ECGDigitizer
import ECGNetworks
import ECGSynthesis
import ECGTraining
package import Foundation

/// Trains the network that reads names, from drawn patches alone.
package struct NamesTraining: Sendable {
  package var recipe: NamesRecipe
  /// Where weights are written, every two minutes and at the end.
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
    let graph = NamesNetwork.graph(endsWithSigmoid: false)
    var numbers = SeededNumbers(seed: recipe.seed)
    let weights =
      try start.map { try NetworkWeights(safetensors: Data(contentsOf: $0)) }
      ?? NamesNetwork.startingWeights(using: &numbers)
    let side = NamePatchGenerator().pixels
    let training = try SpotTraining(
      graph, start: weights, side: side, stride: NamesNetwork.stride, settings: recipe.training,
      library: library)
    let examples = NameExamples()
    let seed = recipe.seed
    let pool = ExamplePool(threads: recipe.drawingThreads, capacity: recipe.replayed) {
      examples.example(number: $0, seed: seed)
    }
    defer { pool.stop() }
    report("libtorch \(library.version), \(graph.parameters.count) tensors of weights")

    let began = Date()
    let total = recipe.training.minutes * 60
    var (step, saved, mean) = (0, Date(), (sum: Float(0), count: Float(0)))
    while true {
      let elapsed = Date().timeIntervalSince(began)
      guard elapsed < total else { break }
      let batch = pool.batch(
        count: recipe.training.batch, fresh: recipe.freshPerBatch, using: &numbers)
      let (loss, rate) = try training.step(batch, number: step, fraction: elapsed / total)
      mean = (mean.sum + loss, mean.count + 1)
      step += 1
      if step % 20 == 0 {
        report(
          "\(step) steps, \(Int(elapsed)) s, loss \(mean.sum / mean.count), rate \(rate)")
        mean = (0, 0)
      }
      if Date().timeIntervalSince(saved) > 120 {
        try save(training)
        saved = Date()
      }
    }
    try save(training)
    report("done: \(step) steps, \(step * recipe.freshPerBatch) patches")
  }

  private func save(_ training: SpotTraining) throws {
    try training.weights().safetensors(.half).write(to: output, options: .atomic)
  }
}
