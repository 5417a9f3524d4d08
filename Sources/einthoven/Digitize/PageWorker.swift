import ECGBundledNetworks
import ECGCommandSupport
import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import ECGNetworks
import Foundation

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

  /// The hash of the weights that pages are read with; `nil` where networks cannot run.
  static let weightsInUse: String? =
    (try? InferenceRuntime.shared()).map { _ in Networks.bundledWeightsSHA256 }

  /// Digitizes `job`; never throws, so that the batch goes on.
  func report(of job: PageJob) -> PageReport {
    let start = ContinuousClock.now
    do throws(PageError) {
      let data = try bytes(of: job)
      let ending = (job.file?.asName as NSString?)?.pathExtension.lowercased() ?? ""
      let input = PageDocument.Input(of: data, ending: ending)
      let earlier = EarlierResults(plan, job)
      if plan.resumes, earlier.hold(for: input) { return .skipped }
      let photo = try DecodedPhoto(decoding: data, limits: plan.limits)
      let digitizer = Digitizer(plan.options, networks: networks, threads: threads)
      var result: Digitization
      if let given = plan.geometry {
        if let mismatch = given.mismatch(with: input) { throw mismatch }
        result = try digitizer.digitize(
          photo.raster, onGeometryOf: given.document.digitization)
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
      try write(result, photo: photo.raster, input: input, job: job, over: earlier)
      let (whole, atto) = start.duration(to: .now).components
      let files = plan.printsSignals ? [] : plan.results(of: job)
      return PageReport(
        result, seconds: Double(whole) + Double(atto) * 1e-18,
        summary: PageSummary(result, path: job.shownPath, files: files))
    } catch {
      return PageReport(failed: error)
    }
  }

  private func bytes(of job: PageJob) throws(PageError) -> Data {
    if let file = job.file { return try DecodedPhoto.bytes(of: file.url, limits: plan.limits) }
    let data = try DecodedPhoto.bytes(of: FileHandle.standardInput, limits: plan.limits)
    guard !data.isEmpty else {
      throw PageError(
        .emptyFile, "Standard input is empty.", remedy: "Pipe a picture into the program.")
    }
    return data
  }

  private func write(
    _ result: Digitization, photo: Raster<PhotoSpace>, input: PageDocument.Input, job: PageJob,
    over earlier: EarlierResults
  ) throws(PageError) {
    let csv = { result.recording.csvData(withDeviations: plan.hasDeviations) }
    if plan.printsSignals { return Console.output.write(csv()) }
    var files: [(file: URL, data: Data)] = []
    if plan.formats.contains(.csv) {
      files.append((job.result("csv"), csv()))
    }
    if plan.formats.contains(.wfdb) {
      let wfdb = WFDBFiles(
        result.recording, name: job.wfdbName, comments: comments(result, input, job))
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
        result, input: input, programVersion: programVersion,
        weightsSHA256: isByGeometry ? nil : Networks.bundledWeightsSHA256,
        options: plan.optionsJSON,
        results: files.map { PageDocument.ResultFile($0.file, $0.data) })
      files.append((job.result("json"), document.jsonData(plan.hasFullJSON ? .full : .summary)))
    }
    try earlier.protect(files, from: input)
    try AtomicFile.write(files)
  }

  /// What a WFDB header says beside the signals: where they come from and what to know about them.
  private func comments(
    _ result: Digitization, _ input: PageDocument.Input, _ job: PageJob
  ) -> [String] {
    var lines = [
      "Read from paper by einthoven \(programVersion). Not a medical device.",
      "Input: \(input.byteCount) bytes, SHA-256 \(input.sha256)",
    ]
    if job.wfdbName != job.stem.lastPathComponent {
      lines.append("Name of the other results: \(RawPath(job.stem.lastPathComponent).shown)")
    }
    return lines + result.findings.map { "Finding \($0.code.rawValue): \($0.message)" }
  }
}
