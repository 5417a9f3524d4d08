import ArgumentParser
import ECGBundledNetworks
import ECGCommandSupport
import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGImaging
import Foundation

/// Whether pages are read the same however they lie.
struct PositionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "positions", abstract: "Read pages turned and mirrored, and compare with upright.",
    discussion: """
      Each page is read as it is, and again turned and mirrored. The first reading is taken as truth: \
      which way is up, layout, names, and where every lead starts, carried over to the turned photo.
      """)

  @Argument(help: "Pictures, folders of pictures or patterns.")
  var pages: [String]

  @Option(help: "Only every so manyeth page.")
  var every = 1

  @Option(help: "Degrees clockwise, or mirrored, separated by commas.")
  var turns = "90,180,270,mirrored"

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
    guard (1...100_000).contains(every), (1...1024).contains(jobs) else {
      throw ValidationError("--every and --jobs are at least 1.")
    }
    guard turns.split(separator: ",").allSatisfy({ PhotoTurn(String($0)) != nil }) else {
      throw ValidationError("--turns is a list of degrees and 'mirrored', not '\(turns)'.")
    }
  }

  func run() async throws {
    let found = RawPath.pages(named: pages)
    let files = stride(from: 0, to: found.count, by: every).map { found[$0].url }
    let ways = turns.split(separator: ",").compactMap { PhotoTurn(String($0)) }
    let progress = Progress("positions", of: files.count)
    let (isQuick, isAlone) = (quick, jobs == 1)
    let scores = await progress.results(jobs: jobs) { k in
      PositionsCommand.scores(of: files[k], turned: ways, isQuick: isQuick, alone: isAlone)
    }.flatMap { $0 }
    let report = PositionReport(
      pages: scores.filter { !$0.groups.isEmpty }, references: scores.filter(\.groups.isEmpty))
    let about =
      "Every \(every == 1 ? "" : "\(every)th ")page, \(Output.today), version "
      + "\(programVersion). Seconds are of \(jobs == 1 ? "the processor" : "the wall clock")."
    try Output(path: output).write(
      report, as: format, about: about, between: "turns", everyPage: list)
  }

  /// The readings of one page: as it is, then turned.
  private static func scores(
    of file: URL, turned ways: [PhotoTurn], isQuick: Bool, alone: Bool
  ) -> [PositionScore] {
    let id = file.deletingPathExtension().lastPathComponent
    let folder = file.deletingLastPathComponent().lastPathComponent
    var digitizer = Digitizer(networks: .bundled)
    if isQuick { digitizer.tracing = .centroid }
    do {
      let photo = try DecodedPhoto(contentsOf: file).raster
      let upright = try digitizer.timed(photo, byProcessor: alone)
      var scores = [
        PositionScore(id: "\(id) as it is", groups: [], upright, truth: upright)
      ]
      for way in ways {
        let (turned, map) = way.apply(to: photo)
        var truth = upright
        truth.geometry = upright.geometry.moved(by: map)
        let name = "\(id) \(way.name)"
        let groups = ["\(folder), turned", way.name]
        do {
          scores.append(
            PositionScore(
              id: name, groups: groups, try digitizer.timed(turned, byProcessor: alone),
              truth: truth))
        } catch {
          scores.append(PositionScore(id: name, groups: groups, failure: "\(error)"))
        }
      }
      return scores
    } catch {
      return [PositionScore(id: id, groups: [], failure: "\(error)")]
    }
  }
}
