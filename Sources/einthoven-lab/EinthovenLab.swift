import ArgumentParser
import ECGCommandSupport

/// What developers of Einthoven measure with; users need none of it.
@main
struct EinthovenLab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "einthoven-lab",
    abstract: "Measures the digitizer: stages, positions, layouts, shifts, time, faults.",
    discussion: """
      EXAMPLES
        einthoven-lab bench
        einthoven-lab stages --pages 2
        einthoven-lab layouts --pages 10 --quick
        einthoven-lab parameters
        einthoven-lab fuzz --seconds 60
      """,
    version: programVersion,
    subcommands: [
      StagesCommand.self, PositionsCommand.self, LayoutsCommand.self, ShiftsCommand.self,
      ParametersCommand.self, BenchCommand.self, FuzzCommand.self, ExamplesCommand.self,
      DebugStages.self,
    ])

  static func main() async {
    Console.prepare()
    await self.main(nil)
  }
}
