import ArgumentParser
import ECGExperiments
import ECGTraining
import Foundation

/// Trains by a recipe.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Trains a network by a recipe.",
    usage: """
      einthoven train <recipe> [--leg <leg>] [--output <folder>] [--resume | --replace] [--steps <n> | --minutes <m>] \
      [--device <device>]
      """,
    discussion: """
      Into the folder go last.checkpoint (to resume), best.safetensors and last.safetensors \
      (weights), run.jsonl (the record) and run.png (its curves); each leg of a recipe has a \
      folder of its own in it. Ctrl-C writes a checkpoint and ends the run; pressed twice, it ends \
      at once.
      """)

  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @Option(
    name: [.short, .long], help: "The folder for results (default: out/ and the recipe's name).")
  var output: String?

  @Option(help: "Run only this leg of the recipe, by its name or number (default: all in a row).")
  var leg: String?

  @Flag(help: "Go on where the run in the folder stopped.")
  var resume = false

  @Flag(help: "Begin anew in a folder that holds another run.")
  var replace = false

  @Option(help: "Steps of each leg, instead of the recipe's.")
  var steps: Int?

  @Option(help: "Minutes of each leg, instead of the recipe's.")
  var minutes: Double?

  @Option(help: "Where to compute, cpu or cuda, instead of the recipe's.")
  var device: String?

  func validate() throws {
    if resume, replace { throw ValidationError("Give either --resume or --replace.") }
    if steps != nil, minutes != nil { throw ValidationError("Give either --steps or --minutes.") }
  }

  func run() throws {
    do { try train() } catch let error as CocoaError {
      let path = error.filePath ?? error.url?.path ?? "A file"
      let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
      FileHandle.standardError.write(Data("einthoven-train: \(path): \(reason)\n".utf8))
      throw ExitCode(1)
    } catch let error as any Error & CustomStringConvertible {
      FileHandle.standardError.write(Data("einthoven-train: \(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  private func train() throws {
    var recipe = try Recipe(URL(fileURLWithPath: recipe))
    let chosen = try leg.map { [try recipe.index(ofLeg: $0)] }
    for k in recipe.legs.indices {
      if let steps {
        (recipe.legs[k].settings.steps, recipe.legs[k].settings.minutes) = (steps, nil)
      }
      if let minutes {
        (recipe.legs[k].settings.steps, recipe.legs[k].settings.minutes) = (nil, minutes)
      }
      if let device { recipe.legs[k].settings.device = device }
    }
    let settings = recipe.legs[chosen?.first ?? 0].settings
    let folder = URL(fileURLWithPath: output ?? "out/\(recipe.name)")
    let library = try TorchLibrary(threads: settings.computingThreads, device: settings.device)
    var run = RecipeRun(recipe, folder: folder)
    run.commit = ProcessInfo.processInfo.environment["EINTHOVEN_COMMIT"] ?? SourceVersion.current
    run.data = ProcessInfo.processInfo.environment["EINTHOVEN_DATA"].map {
      URL(fileURLWithPath: $0).appendingPathComponent("data")
    }
    let interruption = Interruption()
    let line = ProgressLine()
    if settings.precision == .half, library.device == "cpu" {
      line.say("half precision is slow on processors; bfloat16 is the quick one there")
    }
    let end = try run.run(
      legs: chosen, resumes: resume, replaces: replace, library: library,
      begin: { title, folder, start in
        line.say("\(title): libtorch \(library.version) on \(library.device), into \(folder.path)")
        if let start { line.say("\(title): from \(start)") }
      }, report: line.show, shouldStop: { interruption.wasAsked })
    line.say("\(recipe.name): \(end); weights and record are in \(folder.path)")
    if interruption.wasAsked { line.say("go on with the same command and --resume") }
  }
}
