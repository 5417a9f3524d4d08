import ECGFormats
import ECGNetworks
import ECGNumerics
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
    (self.recipe, self.folder) = (recipe, folder)
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

  /// Runs legs one after the other, and draws the curves of their records.
  ///
  /// - Parameters:
  ///   - legs: places in the recipe's legs; all of them if `nil`.
  ///   - resumes: whether to go on where the run in the folder stopped: with the first leg that is
  ///     not finished, or with the last.
  ///   - replaces: whether a run that the folder holds may be written over.
  ///   - begin: is told of every leg: its title, its folder and what it starts from.
  /// - Returns: how the last leg ended, in words.
  package func run(
    legs: [Int]? = nil, resumes: Bool, replaces: Bool, library: TorchLibrary,
    begin: (_ title: String, _ folder: URL, _ start: String?) -> Void,
    report: (Progress) -> Void, shouldStop: () -> Bool
  ) throws -> String {
    var legs = legs ?? Array(recipe.legs.indices)
    if !resumes, !replaces, let held = legs.first(where: { holdsRun(leg: $0) }) {
      throw TrainingError(
        "\(folder(ofLeg: held).path) holds a run already. Go on with it (--resume), choose another "
          + "folder (--output), or begin anew there (--replace).")
    }
    if resumes, let last = legs.last {
      let open = legs.first { !RunRecord.isFinished(recordURL(ofLeg: $0)) } ?? last
      legs.removeAll { $0 < open }
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var end = ""
    for (k, leg) in legs.enumerated() {
      // The leg that follows a finished one has nothing to resume yet.
      let resumesLeg = resumes && k == 0 && (holdsRun(leg: leg) || leg == 0)
      let start = resumesLeg ? nil : try start(ofLeg: leg)
      begin(title(ofLeg: leg), folder(ofLeg: leg), start?.about)
      end = try run(leg, from: start, resumesLeg, library, report, shouldStop)
      if shouldStop() { break }
    }
    return end
  }

  private func run(
    _ leg: Int, from start: Weights?, _ resumes: Bool, _ library: TorchLibrary,
    _ report: (Progress) -> Void, _ shouldStop: () -> Bool
  ) throws -> String {
    switch recipe.task {
    case .names:
      return try run(NameExamples(), leg, from: start, resumes, library, report, shouldStop)
    case .letters:
      return try run(LetterExamples(), leg, from: start, resumes, library, report, shouldStop)
    case .lattice:
      return try run(LatticeExamples(), leg, from: start, resumes, library, report, shouldStop)
    case .curve:
      let sources = try recipe.recordings.map { recordings in
        try HeartLibrary.sources(
          samples: recordings, data: data ?? recordings.deletingLastPathComponent())
      }
      let task = CurveExamples(sources: sources ?? DrawnHearts.sources(count: 300, seed: 5))
      return try run(task, leg, from: start, resumes, library, report, shouldStop)
    }
  }

  private func run(
    _ task: some TrainingTask, _ leg: Int, from start: Weights?, _ resumes: Bool,
    _ library: TorchLibrary, _ report: (Progress) -> Void, _ shouldStop: () -> Bool
  ) throws -> String {
    let (folder, settings) = (folder(ofLeg: leg), recipe.legs[leg].settings)
    var about = ["recipe": recipe.name, "task": recipe.task.rawValue]
    about["commit"] = commit
    about["leg"] = recipe.legs[leg].name
    about["start"] = start?.about
    let training = TrainingRun(task, settings: settings, folder: folder, about: about)
    var weights = start?.weights
    if let given = weights {
      // Layers that a network has got since begin at random, as all would.
      var generator = SeededGenerator(seed: settings.seed)
      let random = task.startingWeights(using: &generator)
      for name in random.names where given[name] == nil { weights?[name] = random[name] }
    }
    defer {
      if let lines = try? RunRecord.lines(of: training.recordURL) {
        let picture = try? RunPicture(lines).pngData()
        try? picture?.write(to: folder.appendingPathComponent("run.png"), options: .atomic)
      }
    }
    let end = try training.run(
      start: weights, resumes: resumes, library: library,
      report: { now in
        report(
          Progress(
            step: now.step, fraction: now.fraction, secondsLeft: now.secondsLeft, loss: now.loss,
            rate: now.rate, judgement: now.judgement, lossScale: now.lossScale))
      }, shouldStop: shouldStop)
    return end.rawValue
  }
}

// MARK: Where legs start and what they leave behind
extension RecipeRun {
  /// Weights of a file, and which.
  private struct Weights {
    var weights: NetworkWeights
    /// The file's name and its SHA-256.
    var about: String
  }

  private func title(ofLeg leg: Int) -> String {
    [recipe.name, recipe.legs[leg].name].compactMap(\.self).joined(separator: ", leg ")
  }

  private func folder(ofLeg leg: Int) -> URL {
    recipe.legs[leg].name.map(folder.appendingPathComponent) ?? folder
  }

  private func recordURL(ofLeg leg: Int) -> URL {
    folder(ofLeg: leg).appendingPathComponent("run.jsonl")
  }

  private func holdsRun(leg: Int) -> Bool {
    FileManager.default.fileExists(
      atPath: folder(ofLeg: leg).appendingPathComponent("last.checkpoint").path)
  }

  /// The weights that a leg goes on from: those its recipe names, or else the best of the leg
  /// before, from this run or as they are shipped; `nil` for a leg that begins at random.
  private func start(ofLeg leg: Int) throws -> Weights? {
    if let start = recipe.legs[leg].start {
      let (file, hash) = try read(start.file)
      guard hash == start.sha256 else {
        throw TrainingError(
          "The weights to start from are others than the recipe's: \(start.file.path) has the "
            + "SHA-256 \(hash), \(start.sha256) is wanted.")
      }
      return try weights(file, hash, start.file)
    }
    guard leg > 0 else { return nil }
    let before = recipe.legs[leg - 1]
    let own = folder(ofLeg: leg - 1).appendingPathComponent("best.safetensors")
    if FileManager.default.fileExists(atPath: own.path) {
      let (file, hash) = try read(own)
      return try weights(file, hash, own)
    }
    if let gave = before.gave, let (file, hash) = try? read(recipe.shippedWeights), hash == gave {
      return try weights(file, hash, recipe.shippedWeights)
    }
    let other = before.gave.map {
      ", and \(recipe.shippedWeights.path) does not have their SHA-256 \($0)"
    }
    throw TrainingError(
      "\(title(ofLeg: leg)) goes on from the weights of leg \(before.name ?? ""): there is no "
        + "\(own.path)\(other ?? ""). Run that leg before.")
  }

  private func read(_ url: URL) throws -> (file: Data, sha256: String) {
    guard let file = try? Data(contentsOf: url) else {
      throw TrainingError("The weights to start from cannot be read: \(url.path).")
    }
    return (file, SHA256.hexDigest(of: file))
  }

  private func weights(_ file: Data, _ hash: String, _ url: URL) throws -> Weights {
    do {
      return Weights(
        weights: try NetworkWeights(safetensors: file),
        about: "\(url.lastPathComponent), SHA-256 \(hash)")
    } catch { throw TrainingError("\(url.path): \(error.message)") }
  }
}
