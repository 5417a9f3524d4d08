import ArgumentParser
import ECGCommandSupport

/// The command line: the only place with arguments, standard error and exit codes.
@main
struct Einthoven: AsyncParsableCommand {
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
    version: programVersion,
    subcommands: [
      DigitizeCommand.self, EvaluateCommand.self, SubmitCommand.self, InspectCommand.self,
      GalleryCommand.self, TrainCommand.self, WorkerCommand.self,
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
