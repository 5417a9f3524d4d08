import ArgumentParser
import ECGCommandSupport
import ECGCore
import ECGEvaluation
import ECGFormats
import Foundation

/// `einthoven evaluate`: scores of a folder of predictions, or of a submission.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score digitized pages against known signals, under a named protocol.",
    discussion: """
      PREDICTIONS is a folder with one NAME.csv, NAME.parquet or NAME.hea per page (NAME.json beside \
      it says layout and confidence), or a submission (id,value as CSV or Parquet). TRUTH is a \
      folder of records, a manifest (id,truth,...), or a solution (id,fs,value).

      PROTOCOLS
        kaggle2025          a shift up to 0.2 s and a constant per lead are forgiven
        kaggle2025-cap384   the same, capped as in November 2025 (25.84 dB a page)
        physionet2024       shifts up to 0.5 s and 1 mV; mean of the leads' decibels
        physionet2024-head  the same by the challenge's code since 17 October 2025
        strict              nothing is forgiven
        strict-offset       a constant per lead is forgiven
        shape               a gain and a constant per lead are forgiven

      EXAMPLES
        einthoven evaluate signals truth
        einthoven evaluate signals manifest.csv --protocol strict --format json
        einthoven evaluate signals truth --compare earlier
        einthoven evaluate signals truth --format html -o report.html
        einthoven evaluate signals truth --format markdown -o Docs/Accuracy.md
        einthoven evaluate submission.csv solution.csv

      DOCUMENTS
        Markdown replaces what lies between <!-- evaluate PROTOCOL: begin --> and
        <!-- evaluate PROTOCOL: end --> in the file that -o names; the rest stays.

      EXIT CODES
        0 scored, 1 the predictions or the truth cannot be read, 64 wrong usage.
      """)

  @Argument(help: "Folder of predictions, or a submission file.")
  var predictions: String

  @Argument(help: "Folder of records, manifest, or solution file.")
  var truth: String

  @Option(help: ArgumentHelp("How pages are scored.", valueName: "name"))
  var `protocol` = "kaggle2025"

  @Option(help: "How the figures are written: table, json, csv, html or markdown.")
  var format = ReportFormat.table

  @Option(name: [.short, .long], help: "File for the figures; standard output if not given.")
  var output: String?

  @Option(name: .customLong("set"), help: "Score only the pages of this set (may be repeated).")
  var sets: [String] = []

  @Option(help: "Another folder of predictions to compare with, by a paired test.")
  var compare: String?

  @Flag(help: "One line per page as well, in a table.")
  var perPage = false

  @Flag(help: "In Markdown only the sets, without trust, findings and worst pages.")
  var brief = false

  @Option(
    help: ArgumentHelp(
      "In Markdown, also keep the figures in this file, one run a protocol.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp(
      "In Markdown, also write the sets' medians between the marks of this document.",
      valueName: "file"))
  var readme: String?

  @Flag(help: "Skip what is slow: time, gain and delay by least squares, beats and intervals.")
  var fast = false

  @Option(help: "Pages scored at the same time.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  func validate() throws {
    guard KnownProtocols.named(self.protocol) != nil else {
      throw ValidationError(KnownProtocols.unknown(self.protocol))
    }
    guard jobs >= 1 && jobs <= 1024 else {
      throw ValidationError("--jobs is 1 to 1024, not \(jobs).")
    }
  }

  func run() async throws {
    guard let scoring = KnownProtocols.named(self.protocol) else { return }
    do {
      let evaluator = Evaluator(scoring, figures: fast ? .essential : .all, jobs: jobs)
      let evaluation = try await evaluated(predictions, by: evaluator)
      var other: Evaluation?
      if let compare { other = try await evaluated(compare, by: evaluator) }
      let comparison = other.map { PairedComparison(evaluation, $0) }
      if format == .markdown {
        try write(evaluation, comparison)
        return
      }
      let report = format.report(
        evaluation, comparison: comparison,
        drawings: try drawings(of: evaluation, by: evaluator), showsPages: perPage)
      try Output(path: output).write(report)
    } catch let error as PageError {
      FileHandle.standardError.write(Data("einthoven evaluate: \(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  /// Writes into documents, and keeps what they were written from.
  private func write(_ evaluation: Evaluation, _ comparison: PairedComparison?) throws {
    let run = AccuracyRecord.Run(
      evaluation, truth: URL(fileURLWithPath: truth).lastPathComponent, date: Output.today,
      version: programVersion,
      commit: ProcessInfo.processInfo.environment["EINTHOVEN_COMMIT"])
    let text =
      run.heading + "\n\n" + evaluation.markdown(isBrief: brief) + (comparison?.text ?? "")
    try Output(path: output).write(text, between: "evaluate \(run.scoring)")
    if let readme { try Output(path: readme).write(run.readme, between: "accuracy") }
    guard let record else { return }
    let old = try? Data(contentsOf: URL(fileURLWithPath: record))
    var stored = try old.map(AccuracyRecord.init(parsing:)) ?? AccuracyRecord()
    stored.add(run)
    try Output(path: record).write(stored.json.serialized())
  }

  /// The worst pages drawn, where the report has room for them.
  private func drawings(
    of evaluation: Evaluation, by evaluator: Evaluator
  ) throws(PageError) -> [HTMLReport.Drawing] {
    let folder = URL(fileURLWithPath: predictions)
    var isFolder: ObjCBool = false
    guard format == .html,
      FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { return [] }
    let documents = try FileIndex(of: folder, endings: ["json"])
    return try evaluator.drawings(
      ofWorst: 10, in: evaluation, predictions: folder,
      truth: TruthSet(at: URL(fileURLWithPath: truth))
    ) { page, placed in
      RedactedOverlay.png(of: page, document: documents.file(page.id, set: page.set), placed)
    }
  }

  private func evaluated(_ path: String, by evaluator: Evaluator) async throws -> Evaluation {
    let file = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
    if exists, !isFolder.boolValue {
      return try evaluator.evaluate(submission: file, solution: URL(fileURLWithPath: truth))
    }
    var set = try TruthSet(at: URL(fileURLWithPath: truth))
    if !sets.isEmpty {
      set.pages.removeAll { !sets.contains($0.set) && !sets.contains("\($0.set)/\($0.group)") }
      guard !set.pages.isEmpty else {
        let known = try TruthSet(at: URL(fileURLWithPath: truth)).pages.map(\.set)
        throw PageError(
          .notFound, "The truth has no set of this name.",
          remedy: "It has: \(Set(known).sorted().joined(separator: ", ")).")
      }
    }
    let progress = Progress("evaluate", of: set.pages.count)
    return try await evaluator.evaluate(predictions: file, truth: set) { progress.show($0) }
  }
}
