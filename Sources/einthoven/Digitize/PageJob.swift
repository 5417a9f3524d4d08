import ECGCommandSupport
import ECGFormats
import Foundation

/// One page to read and where its results go.
struct PageJob: Codable, Sendable {
  /// The picture's file, or `nil` for standard input.
  var file: RawPath?
  /// The path as the person knows it, safe for a terminal.
  var shownPath: String
  /// The results' path without extension.
  var stem: URL

  /// A result's path.
  func result(_ fileExtension: String) -> URL { stem.appendingPathExtension(fileExtension) }

  /// The name of the record in WFDB, which knows fewer letters.
  var wfdbName: String { WFDBFiles.legalName(stem.lastPathComponent) }

  /// The path of one of the two files of WFDB.
  func wfdb(_ fileExtension: String) -> URL {
    stem.deletingLastPathComponent().appendingPathComponent(wfdbName)
      .appendingPathExtension(fileExtension)
  }
}

extension DigitizePlan {
  /// The files that a run over `job` leaves, in the order in which a person reads them.
  func results(of job: PageJob) -> [URL] {
    var files: [URL] = []
    if formats.contains(.csv) { files.append(job.result("csv")) }
    if formats.contains(.wfdb) { files += [job.wfdb("hea"), job.wfdb("dat")] }
    if formats.contains(.json) { files.append(job.result("json")) }
    if writesOverlay { files.append(job.result("overlay.png")) }
    return files
  }
}
