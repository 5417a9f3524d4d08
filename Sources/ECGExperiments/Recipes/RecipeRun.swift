import ECGNetworks
import ECGSynthesis
package import ECGTraining
package import Foundation

/// Carries a recipe out.
package struct RecipeRun {
  package var recipe: Recipe
  /// Where weights, checkpoint, record and curves are written.
  package var folder: URL
  /// The version of the source it runs from, for the record.
  package var commit: String?
  /// The shared data's folder, for recordings.
  package var data: URL?

  package init(_ recipe: Recipe, folder: URL) {
    self.recipe = recipe
    self.folder = folder
  }

  /// What is told after a step, for any task.
  package struct Progress {
    package var step: Int
    package var fraction: Double
    package var secondsLeft: Double
    package var loss: Double
    package var rate: Double
    package var judgement: Trainer.Judgement?
    /// In half precision.
    package var lossScale: (value: Double, skipped: Int)?
  }

  /// Runs to the end, and draws the curves of the record.
  ///
  /// - Returns: how it ended, in words.
  package func run(
    resumes: Bool, library: TorchLibrary, report: (Progress) -> Void, shouldStop: () -> Bool
  ) throws -> String {
    switch recipe.task {
    case .names: return try run(NameExamples(), resumes, library, report, shouldStop)
    case .letters: return try run(LetterExamples(), resumes, library, report, shouldStop)
    case .lattice: return try run(LatticeExamples(), resumes, library, report, shouldStop)
    case .curve:
      let sources = try recipe.recordings.map { recordings in
        try HeartLibrary.sources(
          samples: recordings, data: data ?? recordings.deletingLastPathComponent())
      }
      let task = CurveExamples(sources: sources ?? DrawnHearts.sources(count: 300, seed: 5))
      return try run(task, resumes, library, report, shouldStop)
    }
  }

  private func run(
    _ task: some TrainingTask, _ resumes: Bool, _ library: TorchLibrary,
    _ report: (Progress) -> Void, _ shouldStop: () -> Bool
  ) throws -> String {
    var about = ["recipe": recipe.name, "task": recipe.task.rawValue]
    about["commit"] = commit
    about["start"] = recipe.start?.lastPathComponent
    let training = TrainingRun(task, settings: recipe.settings, folder: folder, about: about)
    var start = try resumes ? nil : recipe.start.map(weights)
    if let given = start {
      // Layers that a network has got since begin at random, as all would.
      var generator = SeededNumbers(seed: recipe.settings.seed)
      let random = task.startingWeights(using: &generator)
      for name in random.names where given[name] == nil { start?[name] = random[name] }
    }
    defer {
      if let lines = try? RunRecord.lines(of: training.recordURL) {
        let picture = try? RunPicture(lines).pngData()
        try? picture?.write(to: folder.appendingPathComponent("run.png"), options: .atomic)
      }
    }
    let end = try training.run(
      start: start, resumes: resumes, library: library,
      report: { now in
        report(
          Progress(
            step: now.step, fraction: now.fraction, secondsLeft: now.secondsLeft, loss: now.loss,
            rate: now.rate, judgement: now.judgement, lossScale: now.lossScale))
      }, shouldStop: shouldStop)
    return end.rawValue
  }

  private func weights(_ url: URL) throws -> NetworkWeights {
    guard let file = try? Data(contentsOf: url) else {
      throw TrainingError("The weights to start from cannot be read: \(url.path).")
    }
    do { return try NetworkWeights(safetensors: file) } catch {
      throw TrainingError("\(url.path): \(error.message)")
    }
  }
}
