import ArgumentParser
import ECGBundledNetworks
import ECGCommandSupport
import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGFormats
import ECGImaging
import Foundation

/// `einthoven submit`: the competition's submission for a folder laid out as the competition's.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Write the submission of the 2025 digitization competition for a folder of pages.",
    discussion: """
      FOLDER holds test.csv (id,lead,fs,number_of_rows) or train.csv (id,fs,sig_len), and the \
      pages named ID.png or ID.jpg anywhere below. A page that cannot be read is 0 mV, and one \
      line on standard error says so.

      EXAMPLES
        einthoven submit competition -o submission.parquet
        einthoven submit competition -o submission.csv --predictions signals

      EXIT CODES
        0 all pages read, 1 some not, 2 none, 64 wrong usage.
      """)

  @Argument(help: "Folder laid out as the competition's.")
  var folder: String

  @Option(name: [.short, .long], help: "File to write: .csv or .parquet.")
  var output = "submission.csv"

  @Option(help: "Folder with the signals of pages that are digitized already.")
  var predictions: String?

  @Option(help: "Pages read at the same time.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  private var ending: String { URL(fileURLWithPath: output).pathExtension.lowercased() }

  func validate() throws {
    guard ["csv", "parquet"].contains(ending) else {
      throw ValidationError("-o ends in .csv or .parquet, not '\(output)'.")
    }
    guard jobs >= 1 && jobs <= 1024 else {
      throw ValidationError("--jobs is 1 to 1024, not \(jobs).")
    }
  }

  func run() async throws {
    let file = URL(fileURLWithPath: output)
    let isParquet = ending == "parquet"
    do {
      let root = URL(fileURLWithPath: folder)
      let plan = try SubmissionPlan(folder: root)
      var submission = Submission()
      var failed = 0
      if let predictions {
        let index = try FileIndex(
          of: URL(fileURLWithPath: predictions), endings: ["csv", "csv.gz", "parquet", "hea"])
        for image in plan.images where !submission.add(image, fromFile: index.file(image.id)) {
          failed += 1
          complain("\(image.id): no readable signals; its rows are 0 mV.")
        }
      } else {
        let pages = try FileIndex(of: root, endings: ["png", "jpg", "jpeg"])
        let recordings = await digitized(plan, pages)
        for image in plan.images {
          switch recordings[image.id] {
          case .success(let recording)?: submission.add(image, from: recording)
          case .failure(let error)?:
            failed += 1
            complain("\(image.id): \(error) Its rows are 0 mV.")
            submission.add(image, from: nil)
          case nil: submission.add(image, from: nil)
          }
        }
      }
      try AtomicFile.write(isParquet ? submission.parquetData : submission.csvData, to: file)
      print("\(plan.images.count) images, \(submission.ids.count) rows: \(output)")
      if failed > 0 { throw ExitCode(failed == plan.images.count ? 2 : 1) }
    } catch let error as PageError {
      complain("\(error)")
      throw ExitCode(2)
    }
  }

  private func digitized(
    _ plan: SubmissionPlan, _ pages: FileIndex
  ) async -> [String: Result<Recording, PageError>] {
    await withTaskGroup(of: (String, Result<Recording, PageError>).self) { group in
      var waiting = plan.images.makeIterator()
      func startNext() {
        guard let image = waiting.next() else { return }
        group.addTask { (image.id, Self.read(pages.file(image.id))) }
      }
      let progress = Progress("submit", of: plan.images.count)
      for _ in 0..<jobs { startNext() }
      var done: [String: Result<Recording, PageError>] = [:]
      for await (id, result) in group {
        done[id] = result
        progress.show(done.count)
        startNext()
      }
      return done
    }
  }

  private static func read(_ page: URL?) -> Result<Recording, PageError> {
    Result { () throws(PageError) in
      guard let page else {
        throw PageError(.notFound, "There is no page of this name.", remedy: "")
      }
      let limits = DecodingLimits()
      let bytes = try DecodedPhoto.bytes(of: page, limits: limits)
      let photo = try DecodedPhoto(decoding: bytes, limits: limits)
      return try Digitizer(networks: .bundled).digitize(photo.raster).recording
    }
  }

  private func complain(_ line: String) {
    FileHandle.standardError.write(Data("einthoven submit: \(line)\n".utf8))
  }
}
