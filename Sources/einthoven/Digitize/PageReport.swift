import ECGCore
import ECGDigitizer

/// What became of one page: all that is told about it, small enough to be sent between processes.
struct PageReport: Codable, Sendable {
  enum Outcome: String, Codable {
    case digitized, skipped, failed
  }

  var outcome: Outcome
  var seconds = 0.0
  /// The layout's name, or `nil` where none is known.
  var layout: String?
  var leadCount = 0
  /// Codes of the findings, in their order.
  var findings: [FindingCode] = []
  /// The median standard deviation of the samples, in mV.
  var typicalMillivolts: Double?
  /// The page in six lines, for a person.
  var summary = ""
  var failure: Failure?

  /// Why a page failed.
  struct Failure: Codable {
    var code: PageError.Code
    var message: String
    var remedy: String
  }

  /// Whether the page's results are there.
  var isSuccess: Bool { outcome != .failed }

  static let skipped = PageReport(outcome: .skipped)

  private init(outcome: Outcome) { self.outcome = outcome }

  init(failed error: PageError) {
    outcome = .failed
    failure = Failure(code: error.code, message: error.message, remedy: error.remedy)
  }

  init(_ result: Digitization, seconds: Double, summary: PageSummary) {
    outcome = .digitized
    self.seconds = seconds
    layout = result.layout?.name
    leadCount = result.recording.channels.count
    findings = result.findings.map(\.code)
    let deviations = result.recording.segments.flatMap(\.standardDeviations).sorted()
    typicalMillivolts = deviations.isEmpty ? nil : Double(deviations[deviations.count / 2])
    self.summary = summary.sixLines
  }

  /// Path, layout and the codes of the findings.
  func line(path: String) -> String {
    var seen: Set<FindingCode> = []
    let codes = findings.filter { seen.insert($0).inserted }.map(\.rawValue)
    let brackets = codes.isEmpty ? "" : "  [" + codes.joined(separator: " ") + "]"
    return "\(path)  \(layout ?? "no known layout")  \(leadCount) leads\(brackets)"
  }
}
