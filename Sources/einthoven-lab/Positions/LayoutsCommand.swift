import ArgumentParser
import ECGBundledNetworks
import ECGCommandSupport
import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGImaging
import ECGSynthesis
import Foundation

/// which way is up, layout and names on drawn pages of every layout.
struct LayoutsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layouts", abstract: "Read drawn pages of every layout, speed and gain.",
    discussion: """
      Pages of every known layout are drawn from hearts that never beat, at 12.5 to 50 mm/s and 5 to \
      20 mm/mV, upright, turned and mirrored; a tenth of them without names. Same seed, same pages.
      """)

  @Option(help: "Pages of each layout.")
  var pages = 10

  @Option(help: "Other seeds draw other pages.")
  var seed: UInt64 = 1

  @Option(help: "Only layouts whose name begins so.")
  var only = ""

  @Option(help: "Only the page of this number, counted from 1.")
  var number: Int?

  @Option(help: "Folder into which pages are written as pictures instead of being read.")
  var draw: String?

  @Flag(help: "Curves by centroids only: the same places, sooner.")
  var quick = false

  @Option(help: "How the figures are written: table or markdown.")
  var format = ShiftsCommand.Format.table

  @Option(name: [.short, .long], help: "Document for the figures, between the marks of this verb.")
  var output: String?

  @Flag(help: "List every page below the table, not only those with faults.")
  var list = false

  @Option(help: "Pages read at the same time.")
  var jobs = 1

  func validate() throws {
    guard (1...1000).contains(pages), (1...1024).contains(jobs) else {
      throw ValidationError("--pages is 1 to 1000 and --jobs 1 to 1024.")
    }
    guard !plan.isEmpty else { throw ValidationError("No layout begins with '\(only)'.") }
  }

  private var plan: [(layout: LeadLayout, number: Int)] {
    LeadLayout.known.filter { only.isEmpty || $0.name.hasPrefix(only) }.flatMap { layout in
      (0..<pages).filter { number == nil || number == $0 + 1 }.map { (layout, $0) }
    }
  }

  func run() async throws {
    let plan = plan
    if let draw { return try write(plan, into: URL(fileURLWithPath: draw, isDirectory: true)) }
    let progress = Progress("layouts", of: plan.count)
    let (seed, isQuick, isAlone) = (seed, quick, jobs == 1)
    let scores = await progress.results(jobs: jobs) { k in
      let (layout, number) = plan[k]
      return LayoutsCommand.score(
        DrawnLayout(layout, number: number, seed: seed), isQuick, alone: isAlone)
    }
    let report = PositionReport(pages: scores)
    let about =
      "Pages drawn by `einthoven layouts --pages \(pages) --seed \(seed)`, version "
      + "\(programVersion), \(Output.today). Seconds are of "
      + (jobs == 1 ? "the processor." : "the wall clock.")
    try Output(path: output).write(
      report, as: format, about: about, between: "layouts", everyPage: list)
  }

  private static func score(
    _ page: DrawnLayout, _ isQuick: Bool, alone: Bool
  ) -> PositionScore {
    var generator = page.generator
    let (photo, truth) = page.renderer.render(page.recording, using: &generator)
    var digitizer = Digitizer(networks: .bundled)
    if isQuick { digitizer.tracing = .centroid }
    do {
      return PositionScore(
        id: page.id, groups: page.groups, try digitizer.timed(photo, byProcessor: alone),
        truth: truth)
    } catch {
      return PositionScore(id: page.id, groups: page.groups, failure: "\(error)")
    }
  }

  private func write(_ plan: [(layout: LeadLayout, number: Int)], into folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (layout, number) in plan {
      let page = DrawnLayout(layout, number: number, seed: seed)
      var generator = page.generator
      let photo = page.renderer.render(page.recording, using: &generator).photo
      let file = folder.appendingPathComponent("\(layout.name)-\(number + 1).png")
      try photo.pngData().write(to: file)
      print("\(file.path)\t\(page.id)")
    }
  }
}
