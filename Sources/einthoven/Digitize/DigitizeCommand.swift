import ArgumentParser
import ECGCommandSupport
import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation

/// `einthoven digitize`: what was typed. ``DigitizePlan`` says what it means.
struct DigitizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digitize",
    abstract: "Read pages of paper ECGs and write their signals.",
    discussion: """
      Each page gives NAME.csv (millivolts against page time) and NAME.json (layout, calibration \
      and its evidence, findings, uncertainty), beside the page or under -o DIR.

      EXAMPLES
        einthoven digitize scan.jpg
        einthoven digitize photos/ -o signals --overlay --jobs 4
        einthoven digitize 'archive/*.png' -o out --format csv,wfdb,json --resume
        einthoven digitize page.png --layout 3x4+II --speed 50 --gain 5
        einthoven digitize photo.jpg --geometry corrected.json -o again
        cat scan.png | einthoven digitize - -o out
        einthoven digitize scan.jpg -o - | head

      EXIT CODES
        0 all pages digitized, 1 some failed, 2 none, 64 wrong usage.
        A finding is something to know, not a failure; --strict makes it one.

      Not a medical device: every result needs the eye of someone who can read ECGs.
      """)

  @Argument(
    help: ArgumentHelp(
      "Pictures, folders of pictures, patterns such as 'scans/*.png', or - for standard input.",
      valueName: "page"))
  var pages: [String]

  @Option(
    name: [.short, .long],
    help: "Folder for the results, in which folders given are mirrored; - prints one page's CSV.")
  var output: String?

  @Option(help: "What to write, separated by commas: csv, wfdb, json.")
  var format = "csv,json"

  @Flag(help: "Also write NAME.overlay.png: what was found, drawn on the page, and the signals.")
  var overlay = false

  @Option(help: "The layout, such as 3x4+II, 6x2 or 12x1, or auto.")
  var layout = "auto"

  @Option(help: "Paper speed in mm/s, or auto.")
  var speed = "auto"

  @Option(help: "Gain in mm/mV, or auto.")
  var gain = "auto"

  @Option(help: "Samples per second of the signals written.")
  var rate = 500.0

  @Option(
    help: "Pixels of the picture per millimetre of paper, for pages without a visible grid.")
  var pixelsPerMillimeter: Double?

  @Option(
    help: ArgumentHelp(
      "The JSON of an earlier result for the same picture, whose geometry is taken as it is.",
      valueName: "json"))
  var geometry: String?

  @Option(help: "Pages read at the same time.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  @Flag(help: "Skip pages whose JSON names the same input and the same options.")
  var resume = false

  @Flag(help: "Replace files that are not this program's results for the same picture.")
  var force = false

  @Flag(help: "Treat findings as failures.")
  var strict = false

  @Flag(help: "Blank text outside the grid in pictures that are written.")
  var redact = false

  @Flag(help: "Put signals, deviations and traces into the JSON as well.")
  var fullJson = false

  @Flag(help: "Give each lead of the CSV a column of its standard deviations in mV: I_sd, …")
  var withDeviation = false

  @Option(help: "Largest number of megapixels that is decoded.")
  var maxMegapixels = 100.0

  @Option(help: "Largest file that is read, in MiB.")
  var maxMebibytes = 256.0

  @Option(help: "Longest time for one page of a batch, in seconds.")
  var maxSeconds = 300.0

  @Option(help: "How to report progress on standard error: text or json.")
  var log = LogStyle.text

  /// Parsed here as well, so that a mistake is answered with this command's usage.
  func validate() throws { _ = try DigitizePlan(self) }

  func run() async throws {
    let plan = try DigitizePlan(self)
    let jobs = plan.findPages(pages)
    if plan.printsSignals, jobs.count != 1 {
      throw ValidationError("-o - prints the signals of one page, not of \(jobs.count).")
    }
    try plan.prepareOutput()
    let results = await DigitizeRun(plan: plan, log: log).run(jobs)
    let failed = results.filter { !$0 }.count
    if let reason = Console.output.failure {
      Console.errors.write("Standard output could not be written: \(reason).\n")
    }
    if failed > 0 || results.isEmpty || Console.output.failure != nil {
      throw ExitCode(failed == results.count ? 2 : 1)
    }
  }
}

/// How progress and failures are reported.
enum LogStyle: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json
}
