import ArgumentParser

/// The command line: the only place with arguments, standard error and exit codes.
@main
struct Einthoven: AsyncParsableCommand {
  /// The version of the program, kept in every result.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "einthoven",
    abstract: "Reads paper ECGs: a photo, scan or screenshot in, calibrated signals out.",
    discussion: "Not a medical device.",
    version: version,
    subcommands: [
      DigitizeCommand.self, EvaluateCommand.self, SubmitCommand.self, InspectCommand.self,
      ExamplesCommand.self, DebugStages.self,
    ])
}
