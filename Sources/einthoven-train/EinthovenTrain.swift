import ArgumentParser

/// Trains the program's networks. Small enough to carry to another machine: no weights inside.
@main
struct EinthovenTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "einthoven-train",
    abstract: "Trains the networks of Einthoven from drawn pages.",
    subcommands: [
      TrainCommand.self, PatchesCommand.self, JudgeLattice.self, MeasureCommand.self,
      MeasureIntegersCommand.self,
    ],
    defaultSubcommand: TrainCommand.self)
}
