import ArgumentParser
import ECGCore
import Foundation

/// `einthoven gallery`: many pages side by side for the eye, the doubtful ones first.
struct GalleryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery",
    abstract: "Digitize many pages into a gallery to judge by eye, the doubtful ones first.",
    discussion: """
      Writes DIR/index.html and contact sheets DIR/sheet-01.png, …, beside signals and overlays. \
      Text outside the grid is blanked unless --no-redact is given.

      EXAMPLES
        einthoven gallery photos/ -o Gallery
        einthoven gallery 'archive/*.jpg' -o Gallery --per-sheet 8 --jobs 4
      """)

  @Argument(
    help: ArgumentHelp("Pictures, folders of pictures or patterns.", valueName: "page"))
  var pages: [String]

  @Option(name: [.short, .long], help: "Folder for the gallery.")
  var output = "Gallery"

  @Option(help: "Pages on one contact sheet.")
  var perSheet = 6

  @Flag(inversion: .prefixedNo, help: "Blank text outside the grid.")
  var redact = true

  @Option(help: "Pages read at the same time.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  func validate() throws {
    guard (1...40).contains(perSheet) else {
      throw ValidationError("--per-sheet is 1 to 40, not \(perSheet).")
    }
    _ = try plan()
  }

  func run() async throws {
    let plan = try plan()
    try plan.prepareOutput()
    let gallery = await DigitizeRun(plan: plan, log: .text)
      .run(plan.findPages(pages)) { GalleryPage($0, $1) }
      .sorted { ($0.doubt, $1.name) > ($1.doubt, $0.name) }
    guard !gallery.isEmpty else { throw ExitCode(2) }
    do throws(PageError) {
      try Gallery(pages: gallery, folder: URL(fileURLWithPath: output), perSheet: perSheet).write()
    } catch {
      throw ValidationError(error.description)
    }
    print("\(output)/index.html")
    let failed = gallery.filter { $0.picture == nil }.count
    if failed > 0 { throw ExitCode(failed == gallery.count ? 2 : 1) }
  }

  private func plan() throws -> DigitizePlan {
    var typed = try DigitizeCommand.parse(pages)
    typed.output = output
    typed.overlay = true
    typed.force = true
    typed.redact = redact
    typed.jobs = jobs
    return try DigitizePlan(typed)
  }
}
