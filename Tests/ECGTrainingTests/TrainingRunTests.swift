import ECGNetworks
import ECGTestSupport
import ECGTraining
import Foundation
import Testing

@Suite("Training runs", .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct TrainingRunTests {
  private let task = SquareTask()
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  private func run(
    _ settings: TrainingSettings, of task: SquareTask? = nil, at name: String
  ) -> TrainingRun<SquareTask> {
    TrainingRun(task ?? self.task, settings: settings, folder: folder.appendingPathComponent(name))
  }

  /// The losses of all steps of a run.
  private func losses(
    _ run: TrainingRun<SquareTask>, resumes: Bool = false, until last: Int = .max
  ) throws -> [Int: Double] {
    var losses: [Int: Double] = [:]
    _ = try run.run(
      resumes: resumes, library: #require(library), report: { losses[$0.step] = $0.loss },
      shouldStop: { losses[last] != nil })
    return losses
  }

  @Test("a run learns, keeps its best weights and tells what it did")
  func learns() throws {
    var settings = task.settings
    settings.steps = 120
    settings.averaging = 0.9
    let run = run(settings, at: "learns")
    #expect(try run.run(library: #require(library)) == .finished)
    let lines = try RunRecord.lines(of: run.recordURL)
    let checks = lines.filter { $0.validation != nil }
    #expect(checks.count == 12)
    let (first, last) = (try #require(checks.first), try #require(checks.last))
    #expect(try #require(last.validation) < 0.3 * #require(first.validation))
    #expect(try #require(last.measures?["found"]) >= 0.9)
    #expect(lines.first?.settings == settings)
    #expect(lines.first?.about?["library"] == library?.version)
    #expect(lines.last?.end == "finished")
    #expect(lines.filter { $0.loss != nil }.count == 6)
    let best = try NetworkWeights(
      safetensors: Data(contentsOf: run.folder.appendingPathComponent("best.safetensors")))
    #expect(task.graph.mismatch(with: best) == nil)

    let session = try InferenceSession(
      task.graph, weights: best, runtime: InferenceRuntime.shared())
    var found = 0
    for k in 0..<20 {
      let example = task.example(number: UInt64(k), seed: 77)
      let output = try session.run(example.input.values, width: 16, height: 16).values
      let top = try #require(output.indices.max { output[$0] < output[$1] })
      if example.truths["square"]?.values[top] == 1 { found += 1 }
    }
    #expect(found >= 17, "\(found) of 20")
  }

  @Test(
    "a run that was interrupted goes on to the same losses, to the last digit",
    arguments: [OptimizerSettings.Kind.adamW, .momentum], [7, 20])
  func resumes(kind: OptimizerSettings.Kind, at step: Int) throws {
    var settings = task.settings
    settings.optimizer = OptimizerSettings(kind)
    settings.averaging = 0.95
    settings.accumulated = 2
    settings.precision = .bfloat16
    settings.drawingThreads = 2
    let whole = try losses(run(settings, at: "whole"))
    let split = run(settings, at: "split")
    var parts = try losses(split, until: step)
    #expect(parts.count == step)
    parts.merge(try losses(split, resumes: true)) { _, new in new }
    #expect(whole == parts)
    #expect(whole.count == 30)
    func kept(_ name: String) throws -> Data {
      try Data(contentsOf: folder.appendingPathComponent("\(name)/last.safetensors"))
    }
    #expect(try kept("whole") == kept("split"))
    let lines = try RunRecord.lines(of: split.recordURL)
    #expect(lines.compactMap(\.validation).count == 3)
    #expect(lines.contains { $0.resumed == true && $0.step == step })
  }

  @Test("a run of other weights starts from them")
  func warmStart() throws {
    var settings = task.settings
    let first = run(settings, at: "first")
    _ = try first.run(library: #require(library))
    let weights = try NetworkWeights(
      safetensors: Data(contentsOf: first.folder.appendingPathComponent("last.safetensors")))
    settings.seed = 2
    settings.steps = 1
    var loss = Double.infinity
    let second = run(settings, at: "second")
    _ = try second.run(start: weights, library: #require(library)) { loss = $0.loss }
    let end = try #require(try RunRecord.lines(of: first.recordURL).last { $0.loss != nil }?.loss)
    #expect(loss < 1.5 * end)
  }

  @Test("validations that do not improve end a run")
  func stopsEarly() throws {
    var settings = task.settings
    settings.steps = 500
    settings.optimizer.groups = [.init(prefix: "", rateFactor: 0)]
    settings.patience = 3
    settings.validationSteps = 2
    var steps = 0
    // Running means still move: the loss settles, but may improve a little at first.
    let end = try run(settings, at: "early").run(library: #require(library)) { steps = $0.step }
    #expect(end == .stoppedEarly)
    #expect(steps < 500)
  }

  @Test("a loss that is not a number ends the run, says where, and keeps the last good state")
  func notANumber() throws {
    var broken = task
    // Four new examples a step: the fourteenth step is the first to see it.
    broken.brokenFrom = 52
    let run = run(task.settings, of: broken, at: "broken")
    let error = #expect(throws: TrainingError.self) { try run.run(library: #require(library)) }
    #expect(error?.message.contains("The loss of step 14 is not a number") == true)
    #expect(error?.message.contains("last.checkpoint") == true)
    #expect(try RunRecord.lines(of: run.recordURL).last?.end?.contains("step 14") == true)
    let kept = try NetworkWeights(
      safetensors: Data(contentsOf: run.folder.appendingPathComponent("last.safetensors")))
    #expect(kept.names.allSatisfy { kept[$0]?.values.allSatisfy(\.isFinite) == true })
    // The data mended, the run goes on from step 10.
    let rest = try losses(self.run(task.settings, at: "broken"), resumes: true)
    #expect(rest.keys.min() == 11)
  }
}
