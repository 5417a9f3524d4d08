import ArgumentParser
import ECGCommandSupport
import ECGCore
import ECGEvaluation
import ECGFormats
import Foundation

/// how well digitized pages keep time, whatever their tracer did to amplitudes.
struct ShiftsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shifts", abstract: "Measure local time shifts of digitized pages.",
    discussion: """
      PREDICTIONS is a folder of documents written with --format json --full-json, TRUTH as for \
      evaluate. Traces are laid on time by their place on the flat page alone.
      """)

  @Argument(help: "Folder of page documents with curves.")
  var predictions: String

  @Argument(help: "Folder of records, or manifest.")
  var truth: String

  @Option(name: .customLong("set"), help: "Only the pages of this set (may be repeated).")
  var sets: [String] = []

  @Option(help: "How the figures are written: table or markdown.")
  var format = Format.table

  @Option(name: [.short, .long], help: "Document for the figures, between the marks of this verb.")
  var output: String?

  /// How figures are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, markdown
  }

  func run() throws {
    do throws(PageError) {
      let report = try report()
      switch format {
      case .table: try Output(path: output).write(Data(report.table.utf8))
      case .markdown: try Output(path: output).write(report.markdown, between: "shifts")
      }
    } catch {
      FileHandle.standardError.write(Data("einthoven shifts: \(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  private func report() throws(PageError) -> ShiftReport {
    let truth = try TruthSet(at: URL(fileURLWithPath: truth))
    let documents = try FileIndex(
      of: URL(fileURLWithPath: predictions, isDirectory: true), endings: ["json"])
    var pages: [PageShift] = []
    for page in truth.pages where sets.isEmpty || sets.contains(page.set) {
      guard let file = documents.file(page.id, set: page.set),
        let data = try? Data(contentsOf: file)
      else { continue }
      let document = try PageDocument(json: data)
      guard document.digitization.traces.contains(where: { !$0.points.isEmpty }) else {
        throw PageError(
          .invalidRecord, "The document of \(page.id) holds no curves.",
          remedy: "Digitize with --format json --full-json.")
      }
      pages.append(
        PageShift(
          document.digitization, id: page.id, set: page.set, truth: try page.signals()))
    }
    guard !pages.isEmpty else {
      throw PageError(
        .notFound, "None of the truth's pages has a document among the predictions.",
        remedy: "Digitize them with --format json --full-json first.")
    }
    return ShiftReport(pages: pages)
  }
}
