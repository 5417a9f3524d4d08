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

  init(_ job: PageJob, _ page: PageReport) {
    name = job.shownPath
    picture = page.isSuccess ? job.result("overlay.png") : nil
    switch page.outcome {
    case .digitized:
      let codes = page.findings.map(\.rawValue).joined(separator: " ")
      caption =
        "\(page.layout ?? "no known layout") · \(page.leadCount) leads · "
        + "\(String(format: "%.1f", page.seconds)) s" + (codes.isEmpty ? "" : " · " + codes)
      doubt = Self.doubt(page)
    case .skipped: (caption, doubt) = ("already done", 0)
    case .failed:
      (caption, doubt) = (page.failure.map { "\($0.message) \($0.remedy)" } ?? "failed", 1000)
    }
  }

  private static func doubt(_ page: PageReport) -> Double {
    let mild: Set<FindingCode> = [.pageTurned, .leadNamesAssumed, .noNetwork]
    let findings = page.findings.reduce(0.0) { $0 + (mild.contains($1) ? 0.1 : 1) }
    return (page.layout == nil ? 100 : 0) + findings + min(0.09, page.typicalMillivolts ?? 0.09)
  }
}
