import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import Foundation

/// What became of one page.
enum PageOutcome: Sendable {
  case digitized(Digitization, seconds: Double)
  case skipped
  case failed(PageError)

  /// Whether the page's results are there.
  var isSuccess: Bool {
    if case .failed = self { false } else { true }
  }
}

/// Reads one page and writes its results.
struct PageWorker: Sendable {
  var plan: DigitizePlan
  /// Begun when the worker is made, so that they are ready when the first page is decoded.
  private let networks: Networks
  /// Threads for each page.
  private let threads: Int

  /// - Parameter pagesAtOnce: how many pages are read at the same time: they share the processor.
  init(plan: DigitizePlan, pagesAtOnce: Int) {
    self.plan = plan
    let processors = max(1, ProcessInfo.processInfo.activeProcessorCount)
    threads = max(1, processors / max(1, pagesAtOnce))
    // One page at a time is in a network: a quarter of its work is done there.
    networks = Networks.bundled(threads: pagesAtOnce > 1 ? max(1, processors / 4) : min(threads, 8))
  }

  /// Digitizes `job`; never throws, so that the batch goes on.
  func outcome(of job: PageJob) -> PageOutcome {
    let start = ContinuousClock.now
    do throws(PageError) {
      let data = try bytes(of: job)
      let input = PageDocument.Input(of: data)
      if plan.resumes, isDone(job, input) { return .skipped }
      let photo = try DecodedPhoto(decoding: data, limits: plan.limits)
      let digitizer = Digitizer(plan.options, networks: networks, threads: threads)
      var result: Digitization
      if let given = plan.geometry {
        result = try digitizer.digitize(photo.raster, onGeometryOf: given.result(for: input))
      } else {
        result = try digitizer.digitize(photo.raster)
      }
      if photo.isPartial { result.findings.insert(photo.partialFinding, at: 0) }
      if plan.isStrict, let first = result.findings.first {
        let count = result.findings.count
        throw PageError(
          .strict,
          "\(count == 1 ? "A finding" : "\(count) findings, the first") under --strict: "
            + first.message,
          remedy: "Look at the page without --strict, or declare what is assumed.")
      }
      try write(result, photo: photo.raster, input: input, job: job)
      let (whole, atto) = start.duration(to: .now).components
      return .digitized(result, seconds: Double(whole) + Double(atto) * 1e-18)
    } catch {
      return .failed(error)
    }
  }

  private func bytes(of job: PageJob) throws(PageError) -> Data {
    if let file = job.file { return try DecodedPhoto.bytes(of: file, limits: plan.limits) }
    let data = try DecodedPhoto.bytes(of: FileHandle.standardInput, limits: plan.limits)
    guard !data.isEmpty else {
      throw PageError(
        .emptyFile, "Standard input is empty.", remedy: "Pipe a picture into the program.")
    }
    return data
  }

  /// Whether an earlier run left all results of the same input and options.
  private func isDone(_ job: PageJob, _ input: PageDocument.Input) -> Bool {
    guard plan.results(of: job).allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }),
      let data = try? Data(contentsOf: job.result("json")),
      let document = try? PageDocument(json: data)
    else { return false }
    return document.isResult(of: input, options: plan.optionsJSON)
  }

  private func write(
    _ result: Digitization, photo: Raster<PhotoSpace>, input: PageDocument.Input, job: PageJob
  ) throws(PageError) {
    var files: [(file: URL, data: Data)] = []
    if plan.formats.contains(.csv) {
      files.append((job.result("csv"), result.recording.csvData()))
    }
    if plan.formats.contains(.wfdb) {
      let wfdb = WFDBFiles(result.recording, name: job.wfdbName)
      files.append((job.wfdb("dat"), wfdb.signals))
      files.append((job.wfdb("hea"), wfdb.header))
    }
    if plan.writesOverlay {
      let overlay = OverlayPicture(of: result, on: photo, redacted: plan.isRedacted).raster()
      files.append((job.result("overlay.png"), try overlay.pngData(level: 3)))
    }
    // The JSON comes last: it is what --resume believes.
    if plan.formats.contains(.json) {
      let isByGeometry = result.findings.contains { $0.code == .noNetwork }
      let document = PageDocument(
        result, input: input, programVersion: Einthoven.version,
        weightsSHA256: isByGeometry ? nil : Networks.weightsSHA256, options: plan.optionsJSON)
      files.append((job.result("json"), document.jsonData(plan.hasFullJSON ? .full : .summary)))
    }
    try AtomicFile.write(files)
  }
}
