import ArgumentParser

/// The command line: the only place with arguments, standard error and exit codes.
@main
struct Einthoven: AsyncParsableCommand {
  /// The version of the program, kept in every result.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "einthoven",
    abstract: "Reads paper ECGs: a photo, scan or screenshot in, calibrated signals out.",
    discussion: """
      EXAMPLES
        einthoven digitize scan.jpg
        einthoven digitize photos/ -o signals --overlay
        einthoven help digitize

      Not a medical device.
      """,
    version: version,
    subcommands: [
      DigitizeCommand.self, EvaluateCommand.self, StagesCommand.self, SubmitCommand.self,
      InspectCommand.self,
      GalleryCommand.self, TrainCommand.self, BenchCommand.self, FuzzCommand.self,
      ExamplesCommand.self, ShiftsCommand.self, TurnsCommand.self, LayoutsCommand.self,
      DebugStages.self, WorkerCommand.self,
    ])

  static func main() async {
    Console.prepare()
    if let remark = UnknownCommand.remark(on: Array(CommandLine.arguments.dropFirst())) {
      exit(withError: ValidationError(remark))
    }
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: error)
    }
  }
}
