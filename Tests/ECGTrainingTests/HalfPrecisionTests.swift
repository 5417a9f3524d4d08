import ECGNetworks
import ECGTestSupport
import ECGTraining
import Foundation
import Testing

@Suite(
  "Training in half precision", .enabled(if: library != nil, "libtorch is not installed"),
  .serialized)
struct HalfPrecisionTests {
  private let task = SquareTask()
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  private func settings(start: Double = 65536, growthSteps: Int = 2000) -> TrainingSettings {
    var settings = task.settings
    settings.precision = .half
    settings.lossScale = .init(start: start, growthSteps: growthSteps)
    return settings
  }

  private func trainer(_ settings: TrainingSettings) throws -> Trainer {
    var numbers = TestNumbers(state: 5)
    return try Trainer(
      task.graph, start: task.startingWeights(using: &numbers), settings: settings,
      library: #require(library))
  }

  private func batch(_ step: Int) -> [TrainingExample] {
    (0..<8).map { task.example(number: UInt64(8 * step + $0), seed: 3) }
  }

  @Test("losses of the first steps are those of single precision, nearly")
  func likeSingle() throws {
    var single = settings()
    single.precision = .single
    single.lossScale = nil
    let (half, exact) = (try trainer(settings()), try trainer(single))
    for step in 0..<10 {
      let (a, b) = (
        try half.step([batch(step)], rate: 1e-3), try exact.step([batch(step)], rate: 1e-3)
      )
      #expect(abs(a.loss / b.loss - 1) < 0.02, "step \(step)")
      let (wide, narrow) = (try #require(b.gradient), try #require(a.gradient))
      #expect(abs(narrow / wide - 1) < 0.05, "step \(step)")
      #expect(a.lossScale == 65536 && b.lossScale == nil)
    }
  }

  @Test("gradients that do not fit leave the weights as they are and halve the scale")
  func skips() throws {
    let trainer = try trainer(settings(start: 16_777_216))
    let before = try trainer.weights()
    let outcome = try trainer.step([batch(0)], rate: 1e-2)
    #expect(outcome.gradient == nil)
    #expect(outcome.loss.isFinite)
    #expect(trainer.steps == 1)
    let after = try trainer.weights()
    for parameter in task.graph.parameters {
      switch parameter.role {
      case .kernel, .bias, .scale:
        #expect(before[parameter.name] == after[parameter.name], "\(parameter.name)")
      default: break
      }
    }
    var scales: [Double] = []
    for step in 1..<20 {
      let next = try trainer.step([batch(step)], rate: 1e-2)
      scales.append(try #require(next.lossScale))
      if next.gradient != nil { break }
    }
    // It is halved until gradients fit, and then weights move.
    #expect(scales.first == 8_388_608)
    #expect(zip(scales, scales.dropFirst()).allSatisfy { $1 == $0 / 2 })
    #expect(try trainer.weights() != after)
  }

  @Test("a skipped step leaves the optimizer's memory as it was, and is kept in the checkpoint")
  func memory() throws {
    var settings = settings(start: 16_777_216)
    settings.steps = 1
    let folder = folder.appendingPathComponent("memory")
    var skipped: [Int] = []
    _ = try TrainingRun(task, settings: settings, folder: folder).run(
      library: #require(library), report: { skipped.append($0.lossScale?.skipped ?? -1) })
    #expect(skipped == [1])
    let state = try NetworkWeights(
      safetensors: Data(contentsOf: folder.appendingPathComponent("last.checkpoint")))
    let memory = state.names.filter { $0.hasPrefix("optimizer.") }
    #expect(!memory.isEmpty)
    for name in memory { #expect(state[name]?.values.allSatisfy { $0 == 0 } == true, "\(name)") }
    // A step that is made is remembered.
    settings.lossScale?.start = 1024
    _ = try TrainingRun(task, settings: settings, folder: folder).run(
      library: #require(library), report: { skipped.append($0.lossScale?.skipped ?? -1) })
    #expect(skipped == [1, 0])
    let moved = try NetworkWeights(
      safetensors: Data(contentsOf: folder.appendingPathComponent("last.checkpoint")))
    #expect(memory.contains { moved[$0]?.values.contains { $0 != 0 } == true })
  }

  @Test("good steps in a row double the scale")
  func grows() throws {
    let trainer = try trainer(settings(start: 16, growthSteps: 3))
    let scales = try (0..<7).map { try trainer.step([batch($0)], rate: 1e-3).lossScale }
    #expect(scales == [16, 16, 16, 32, 32, 32, 64])
  }

  @Test("a run that skips steps learns, says so, and goes on exactly after an interruption")
  func resumes() throws {
    var settings = settings(start: 16_777_216, growthSteps: 4)
    settings.averaging = 0.9
    settings.steps = 40
    func losses(
      _ name: String, resumes: Bool = false, until last: Int = .max
    ) throws -> [Int: Double] {
      let run = TrainingRun(
        task, settings: settings, folder: folder.appendingPathComponent(name))
      var losses: [Int: Double] = [:]
      _ = try run.run(
        resumes: resumes, library: #require(library), report: { losses[$0.step] = $0.loss },
        shouldStop: { losses[last] != nil })
      return losses
    }
    let whole = try losses("whole")
    // In the middle of a count to the next doubling.
    var parts = try losses("split", until: 17)
    parts.merge(try losses("split", resumes: true)) { _, new in new }
    #expect(whole == parts)
    #expect(whole.count == 40)
    func file(_ name: String) throws -> Data {
      try Data(contentsOf: folder.appendingPathComponent("\(name)/last.safetensors"))
    }
    #expect(try file("whole") == file("split"))
    let lines = try RunRecord.lines(of: folder.appendingPathComponent("whole/run.jsonl"))
    #expect(try #require(lines.compactMap(\.skipped).first) > 0)
    #expect(lines.contains { $0.lossScale ?? 16_777_216 < 16_777_216 })
    let checks = lines.compactMap(\.validation)
    #expect(try #require(checks.last) < #require(checks.first))
  }

  @Test("a checkpoint of another scale is not resumed as this one")
  func otherSettings() throws {
    let folder = folder.appendingPathComponent("other")
    _ = try TrainingRun(task, settings: settings(), folder: folder).run(
      library: #require(library))
    let other = TrainingRun(task, settings: settings(start: 8), folder: folder)
    #expect(throws: TrainingError.self) {
      try other.run(resumes: true, library: #require(library))
    }
  }

  @Test("a loss beyond half precision ends the run and says what to do")
  func beyond() throws {
    var examples = batch(0)
    examples[0].input.values[7] = .nan
    let error = #expect(throws: TrainingError.self) {
      try trainer(settings()).step([examples], rate: 1e-3)
    }
    #expect(
      error?.message
        == "The loss of step 1 is not a number. Half precision ends at 65504: if the data are "
        + "right, use precision: bfloat16.")
  }

  @Test(
    "settings that make no sense are refused",
    arguments: [
      (0.5, 10, "lossScale.start must lie in 1...16777216."),
      (1e9, 10, "lossScale.start must lie in 1...16777216."),
      (8, 0, "lossScale.growthSteps must be at least 1."),
    ])
  func nonsense(start: Double, growthSteps: Int, problem: String) {
    #expect(settings(start: start, growthSteps: growthSteps).problem == problem)
    var single = settings()
    single.precision = .bfloat16
    #expect(single.problem == "lossScale is for precision half, not bfloat16.")
  }
}
