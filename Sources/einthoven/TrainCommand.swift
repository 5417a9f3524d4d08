import ArgumentParser
import Foundation
import Glibc

/// Hands over to `einthoven-train`, which lies beside the program.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network by a recipe (runs einthoven-train).",
    usage: "einthoven train <recipe> [<options>]",
    discussion: """
      einthoven train Recipes/lattice.yaml --leg first --minutes 10

      It needs libtorch: `make setup-training` installs it. `einthoven train --help` lists
      the options; einthoven-train has further commands, such as `patches`, which draws examples.
      """)

  @Argument(parsing: .captureForPassthrough, help: "A recipe and options of einthoven-train.")
  var arguments: [String] = []

  func run() throws {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = own.deletingLastPathComponent().appendingPathComponent("einthoven-train").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw ValidationError(
        "einthoven-train is not beside this program. Build it: "
          + "swift build -c release --product einthoven-train")
    }
    // The process becomes the other program: Ctrl-C and exit codes are its own.
    var words = ([program, "run"] + arguments).map { strdup($0) } + [nil]
    execv(program, &words)
    throw ValidationError("\(program) cannot be started: \(String(cString: strerror(errno))).")
  }
}
