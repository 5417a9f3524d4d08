import ECGCore
import Foundation

/// One page of a gallery, and how much it should be doubted.
struct GalleryPage: Sendable {
  /// The path as the person knows it.
  let name: String
  /// What is known about the page, in one line.
  let caption: String
  /// The overlay, if the page was digitized.
  let picture: URL?
  /// Larger is worse: failed pages, then pages without a layout, then by findings and uncertainty.
  let doubt: Double

  init(_ job: PageJob, _ outcome: PageOutcome) {
    name = job.shownPath
    picture = outcome.isSuccess ? job.result("overlay.png") : nil
    switch outcome {
    case .digitized(let result, let seconds):
      let codes = result.findings.map(\.code.rawValue).joined(separator: " ")
      let leads = result.recording.channels.count
      caption =
        "\(result.layout?.name ?? "no known layout") · \(leads) leads · "
        + "\(String(format: "%.1f", seconds)) s" + (codes.isEmpty ? "" : " · " + codes)
      doubt = Self.doubt(result)
    case .skipped: (caption, doubt) = ("already done", 0)
    case .failed(let error): (caption, doubt) = (error.description, 1000)
    }
  }

  private static func doubt(_ result: Digitization) -> Double {
    let mild: Set<FindingCode> = [.pageTurned, .leadNamesAssumed, .noNetwork]
    let findings = result.findings.reduce(0.0) { $0 + (mild.contains($1.code) ? 0.1 : 1) }
    let deviations = result.recording.segments.flatMap(\.standardDeviations).sorted()
    let typical = deviations.isEmpty ? 0.09 : Double(deviations[deviations.count / 2])
    return (result.layout == nil ? 100 : 0) + findings + min(0.09, typical)
  }
}
