import ECGTestSupport
import ECGTraining
import Foundation
import Glibc
import Testing

@Suite(
  "Checkpoints that cannot be used or written",
  .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct CheckpointTests {
  private let task = SquareTask()
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  private var settings: TrainingSettings {
    var settings = task.settings
    settings.steps = 10
    return settings
  }

  private var checkpoint: URL { folder.appendingPathComponent("last.checkpoint") }

  /// A finished run of ten steps.
  private func finished() throws {
    _ = try TrainingRun(task, settings: settings, folder: folder).run(library: #require(library))
  }

  private func resumeError(
    _ task: SquareTask? = nil, _ settings: TrainingSettings? = nil
  ) throws -> String {
    let run = TrainingRun(
      task ?? self.task, settings: settings ?? self.settings, folder: folder)
    let library = try #require(library)
    let error = #expect(throws: TrainingError.self) { try run.run(resumes: true, library: library) }
    return error?.message ?? ""
  }

  @Test("a folder without one")
  func missing() throws {
    #expect(try resumeError().hasPrefix("There is nothing to resume"))
  }

  @Test("one that was cut off", arguments: [0, 5, 100, 5000])
  func cut(length: Int) throws {
    try finished()
    let whole = try Data(contentsOf: checkpoint)
    try whole.prefix(length).write(to: checkpoint)
    #expect(try resumeError().hasPrefix("The checkpoint is damaged: "))
  }

  @Test("weights alone")
  func weights() throws {
    try finished()
    let weights = try Data(contentsOf: folder.appendingPathComponent("last.safetensors"))
    try weights.write(to: checkpoint)
    #expect(try resumeError().hasPrefix("The file is not a checkpoint of a run"))
  }

  @Test("one of another network, or of other settings")
  func foreign() throws {
    try finished()
    var other = task
    other.width = 4
    #expect(try resumeError(other) == "The checkpoint is of another network.")
    var changed = settings
    changed.batch = 16
    #expect(try resumeError(nil, changed).hasPrefix("The checkpoint was made with other settings"))
    // A longer run is no other run.
    changed = settings
    changed.steps = 12
    let run = TrainingRun(task, settings: changed, folder: folder)
    #expect(try run.run(resumes: true, library: #require(library)) == .finished)
  }

  @Test("a full disk ends the run and leaves the checkpoint before it whole")
  func fullDisk() throws {
    try finished()
    let before = try Data(contentsOf: checkpoint)
    var longer = settings
    longer.steps = 40
    let run = TrainingRun(task, settings: longer, folder: folder)
    // No file may grow beyond a thousand bytes more than the record has: as if the disk were full.
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    let handler = signal(SIGXFSZ, SIG_IGN)
    let library = try #require(library)
    var small = rlimit(rlim_cur: 4000, rlim_max: limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small)
    let result = Result { try run.run(resumes: true, library: library) }
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    _ = signal(SIGXFSZ, handler)
    guard case .failure(let error) = result else {
      Issue.record("The run did not notice that the disk is full.")
      return
    }
    #expect("\(error)".contains("cannot be written: File too large"))
    #expect("\(error)".contains("untouched"))
    #expect(try Data(contentsOf: checkpoint) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .allSatisfy { !$0.hasSuffix(".part") })
    #expect(try run.run(resumes: true, library: library) == .finished)
  }
}
