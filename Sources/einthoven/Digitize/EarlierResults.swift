import ECGCommandSupport
import ECGCore
import ECGDigitizer
import ECGFormats
import ECGNetworks
import Foundation

/// What an earlier run left where a page's results go: whether it still holds, and whether it may be
/// replaced.
///
/// The mark of this program's results is the JSON among them: it names the input, the program, the
/// weights, the options and every file that was written with it.
struct EarlierResults {
  let plan: DigitizePlan
  let job: PageJob
  private let document: PageDocument?

  init(_ plan: DigitizePlan, _ job: PageJob) {
    self.plan = plan
    self.job = job
    document = (try? Data(contentsOf: job.result("json"))).flatMap { try? PageDocument(json: $0) }
  }

  /// Whether all results are there, whole, and a run over `input` today would make the same.
  func hold(for input: PageDocument.Input) -> Bool {
    guard let document, document.isResult(of: input, options: plan.optionsJSON),
      document.programVersion == programVersion,
      document.weightsSHA256 == PageWorker.weightsInUse
    else { return false }
    let written = Dictionary(
      document.results.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return plan.results(of: job).allSatisfy { file in
      if file == job.result("json") { return true }
      guard let data = try? Data(contentsOf: file) else { return false }
      return written[file.lastPathComponent] == PageDocument.ResultFile(file, data)
    }
  }

  /// Refuses to replace what is not this program's result for this page.
  ///
  /// A picture that changed is another page, unless the run is to bring results up to date
  /// (`--resume`).
  ///
  /// - Throws: `PageError.wouldReplace`.
  func protect(
    _ files: [(file: URL, data: Data)], from input: PageDocument.Input
  ) throws(PageError) {
    if plan.replaces || (document.map { isOfThisPage($0, input) } ?? false) { return }
    for (file, data) in files where FileManager.default.fileExists(atPath: file.path) {
      if (try? Data(contentsOf: file)) == data { continue }
      let name = RawPath(file.lastPathComponent).shown
      throw PageError(
        .wouldReplace,
        document == nil
          ? "\(name) is there already, and is not a result of this program."
          : "\(name) is there already, as the result of another picture.",
        remedy: "Name another folder with -o, or allow replacing it with --force.")
    }
  }

  private func isOfThisPage(_ document: PageDocument, _ input: PageDocument.Input) -> Bool {
    document.input == input || plan.resumes && document.input.ending == input.ending
  }
}
