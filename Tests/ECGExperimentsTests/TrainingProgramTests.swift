import ECGFormats
import ECGTestSupport
import ECGTraining
import Foundation
import Testing

@Suite(
  "The program that trains", .enabled(if: library != nil, "libtorch is not installed"),
  .serialized)
struct TrainingProgramTests {
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  /// The program beside the test bundle, in the package's folder.
  private func start(_ arguments: [String], bridge: String? = nil) throws -> (Process, Pipe) {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let bridge {
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["EINTHOVEN_TORCH": bridge]) { $1 }
    }
    return try run(process)
  }

  private var program: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("einthoven-train")
  }

  private func run(_ process: Process) throws -> (Process, Pipe) {
    process.currentDirectoryURL = Repository.folder
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return (process, errors)
  }

  private func end(_ started: (Process, Pipe)) -> (status: Int32, text: String) {
    let data = started.1.fileHandleForReading.readDataToEndOfFile()
    started.0.waitUntilExit()
    return (started.0.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test("Ctrl-C writes a checkpoint, from which the run goes on")
  func interrupted() throws {
    let recipe = folder.appendingPathComponent("short.yaml")
    try Data(
      """
      task: names
      steps: 10000
      batch: 2
      examples: {fresh: 1, replayed: 4}
      validation: {examples: 2, steps: 5000}
      """.utf8
    ).write(to: recipe)
    let output = folder.appendingPathComponent("out").path
    let started = try start([recipe.path, "-o", output])
    // The first line of the record is there once examples are drawn; then a few steps.
    while !FileManager.default.fileExists(atPath: output + "/run.jsonl"), started.0.isRunning {
      usleep(50_000)
    }
    usleep(1_500_000)
    started.0.interrupt()
    let first = end(started)
    #expect(first.status == 0)
    #expect(first.text.contains("interrupted") && first.text.contains("--resume"))
    #expect(FileManager.default.fileExists(atPath: output + "/last.checkpoint"))
    let record = try String(contentsOfFile: output + "/run.jsonl", encoding: .utf8)
    #expect(record.contains("\"end\":\"interrupted\""))
    #expect(FileManager.default.fileExists(atPath: output + "/run.png"))
    let again = try end(start([recipe.path, "-o", output]))
    #expect(again.status == 1)
    #expect(again.text.contains("holds a run already") && again.text.contains("--replace"))
    #expect(try String(contentsOfFile: output + "/run.jsonl", encoding: .utf8) == record)
    let second = try end(start([recipe.path, "-o", output, "--resume", "--steps", "1"]))
    #expect(second.status == 0, "\(second.text)")
    #expect(second.text.contains("finished"))
  }

  @Test("legs run in a row, each from the weights of the one before; one that stopped is resumed")
  func legs() throws {
    let recipe = try scratch.write(
      """
      task: names
      steps: 2
      batch: 2
      examples: {fresh: 1, replayed: 4}
      validation: {examples: 2, steps: 2}
      legs:
        - {name: first, seed: 7}
        - {name: second, seed: 8}
      """, "two.yaml")
    let output = folder.appendingPathComponent("out")
    let alone = try end(start([recipe.path, "-o", output.path, "--leg", "second"]))
    #expect(alone.status == 1)
    #expect(alone.text.contains("two, leg second goes on from the weights of leg first"))
    let first = try end(start([recipe.path, "-o", output.path, "--leg", "1"]))
    #expect(first.status == 0, "\(first.text)")
    let rest = try end(start([recipe.path, "-o", output.path, "--resume"]))
    #expect(rest.status == 0, "\(rest.text)")
    #expect(!rest.text.contains("two, leg first"))
    let weights = try Data(contentsOf: output.appendingPathComponent("first/best.safetensors"))
    let hash = SHA256.hexDigest(of: weights)
    #expect(rest.text.contains("two, leg second: from best.safetensors, SHA-256 \(hash)"))
    let record = try RunRecord.lines(of: output.appendingPathComponent("second/run.jsonl"))
    #expect(record.first?.about?["start"]?.hasSuffix(hash) == true)
    let again = try end(start([recipe.path, "-o", output.path]))
    #expect(again.text.contains("first holds a run already"))
  }

  @Test("weights to start from that are not those of the recipe are an error")
  func otherWeights() throws {
    try scratch.write(Data("x".utf8), "w.safetensors")
    let recipe = try scratch.write(
      """
      task: names
      steps: 2
      start: {file: w.safetensors, sha256: \(String(repeating: "0", count: 64))}
      """, "other.yaml")
    let outcome = try end(start([recipe.path, "-o", folder.path + "/out"]))
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("The weights to start from are others than the recipe's"))
    #expect(
      outcome.text.contains("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"))
  }

  @Test("without libtorch it says what is missing")
  func noLibrary() throws {
    let outcome = try end(start(["Recipes/names.yaml"], bridge: "/nowhere.so"))
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("libtorch, which computes the training, was not opened"))
    #expect(outcome.text.contains("Scripts/setup-training.sh"))
  }

  @Test("too little memory ends the run and says what to change")
  func littleMemory() throws {
    let recipe = folder.appendingPathComponent("large.yaml")
    try Data(
      """
      task: lattice
      steps: 2
      batch: 512
      precision: single
      examples: {fresh: 2, replayed: 512}
      validation: {examples: 1, steps: 2}
      """.utf8
    ).write(to: recipe)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Enough to load libtorch and the examples, not for a step.
    process.arguments = [
      "-c", "ulimit -v 3500000; exec \"$@\"", "sh", program.path, recipe.path, "-o",
      folder.appendingPathComponent("out").path,
    ]
    let outcome = try end(run(process))
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("Memory does not suffice ("), "\(outcome.text)")
    #expect(outcome.text.contains("Make batch smaller and accumulated larger"))
  }

  @Test("an output that cannot be a folder is named")
  func noFolder() throws {
    let outcome = try end(start(["Recipes/names.yaml", "-o", "Recipes/names.yaml"]))
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("Recipes/names.yaml: "), "\(outcome.text)")
    #expect(!outcome.text.contains("Domain="), "\(outcome.text)")
  }

  @Test("a recipe that is not there")
  func noRecipe() throws {
    let outcome = try end(start(["nothing.yaml"]))
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("nothing.yaml:1: The recipe cannot be read"))
  }
}
