import ArgumentParser
import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGFormats
import ECGImaging
import Foundation

/// `einthoven inspect`: what a folder of records or pages holds.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Describe a folder of records or pages, or what is read on one page.",
    discussion: """
      Counts, rates, lengths, missing values, copies under other names, amplitudes, brightness, \
      and patients that occur in two splits (where a manifest has a column patient). Of one page: \
      which lead names, paper speed and gain were read on it, where, and how surely.

      EXAMPLES
        einthoven inspect records
        einthoven inspect scan.jpg
        einthoven inspect manifest.csv --format html -o data.html
      """)

  @Argument(help: "Folder of records or pages, a manifest (id,truth,...), or one page.")
  var folder: String

  @Option(help: "How it is written: table or html.")
  var format = Format.table

  @Option(name: [.short, .long], help: "File to write; standard output if not given.")
  var output: String?

  @Flag(help: "Do not decode pictures.")
  var withoutPictures = false

  /// How the description is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, html
  }

  func run() async throws {
    do {
      let location = URL(fileURLWithPath: folder)
      if ["png", "jpg", "jpeg"].contains(location.pathExtension.lowercased()) {
        let photo = try DecodedPhoto(contentsOf: location).raster
        let readings = PageReadings(result: try Digitizer(networks: .bundled).digitize(photo))
        return try write(readings.table)
      }
      let records = try await FolderInspection.records(at: location)
      let pictures = withoutPictures ? [] : PictureFacts.all(below: location)
      guard !records.isEmpty || !pictures.isEmpty else {
        throw PageError(
          .notFound, "The folder holds neither records nor pages.",
          remedy: "Give a folder with .csv, .csv.gz, .parquet, .hea, .png or .jpg files.")
      }
      let inspection = FolderInspection(
        records: records, pictures: pictures,
        otherTables: (try? TruthSet(at: location).otherTables) ?? [])
      try write(format == .table ? inspection.table : inspection.html)
    } catch let error as PageError {
      FileHandle.standardError.write(Data("einthoven inspect: \(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  private func write(_ text: String) throws {
    if let output {
      try AtomicFile.write(Data(text.utf8), to: URL(fileURLWithPath: output))
    } else {
      FileHandle.standardOutput.write(Data(text.utf8))
    }
  }
}
