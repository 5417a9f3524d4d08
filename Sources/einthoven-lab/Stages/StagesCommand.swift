import ArgumentParser
import ECGCommandSupport
import ECGCore
import ECGEvaluation
import ECGFormats
import Foundation

/// `einthoven stages`: every stage of the digitizer scored alone, on pages drawn by the program.
struct StagesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Score every stage of the digitizer alone, on pages drawn by the program.",
    discussion: """
      Pages of several kinds are drawn from hearts that never beat, so the truth about each stage is \
      known: how the paper lies in the photo, what is ink, which lead is printed where, the curve, \
      speed and gain. Each page is then read again with more and more of that truth handed in, so \
      that a loss in decibels can be traced to its stage. Needs no data.

      EXAMPLES
        einthoven stages
        einthoven stages --pages 5 --seed 7 --format json -o stages.json
        einthoven stages --format markdown -o Docs/Accuracy.md

      EXIT CODES
        0 scored, 1 a file cannot be written, 64 wrong usage.
      """)

  @Option(help: "Pages of each kind.")
  var pages = 2

  @Option(help: "Other seeds draw other hearts and other photos.")
  var seed: UInt64 = 1

  @Option(help: "The protocol of the decibels.")
  var `protocol` = "kaggle2025"

  @Option(help: "How the figures are written: table, json or markdown.")
  var format = Format.table

  @Option(
    name: [.short, .long],
    help: "File for the figures; in a document with the marks of this command only what is between."
  )
  var output: String?

  @Option(help: "Pages read at the same time.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// How figures are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, markdown
  }

  func validate() throws {
    guard KnownProtocols.named(self.protocol) != nil else {
      throw ValidationError(KnownProtocols.unknown(self.protocol))
    }
    guard (1...1000).contains(pages), (1...1024).contains(jobs) else {
      throw ValidationError("--pages is 1 to 1000 and --jobs 1 to 1024.")
    }
  }

  func run() async throws {
    guard let scoring = KnownProtocols.named(self.protocol) else { return }
    let report = await report(by: scoring)
    do throws(PageError) {
      switch format {
      case .table: try Output(path: output).write(Data(report.table.utf8))
      case .json: try Output(path: output).write(report.json.serialized())
      case .markdown:
        let text =
          "Pages drawn by `einthoven stages --pages \(pages) --seed \(seed)`, version "
          + "\(programVersion), \(Output.today).\n\n" + report.markdown
        try Output(path: output).write(text, between: "stages")
      }
    } catch {
      FileHandle.standardError.write(Data("einthoven stages: \(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  private func report(by scoring: any ScoringProtocol) async -> StageReport {
    let trials = DrawnCondition.allCases.flatMap { condition in
      (0..<pages).map { k in
        StageTrial(
          id: "\(condition.rawValue) \(k + 1)", condition: condition, seed: seed &+ UInt64(k))
      }
    }
    let progress = Progress("stages", of: trials.count)
    var report = StageReport(scoring: scoring)
    let results = await progress.results(jobs: jobs) { k in
      Result { try trials[k].scores(by: scoring) }
    }
    for (k, result) in results.enumerated() {
      switch result {
      case .success(let scores): report.pages.append(scores)
      case .failure(let error):
        report.failures.append(
          StageReport.Failure(
            id: trials[k].id, condition: trials[k].condition.rawValue, message: "\(error)"))
      }
    }
    return report
  }
}
