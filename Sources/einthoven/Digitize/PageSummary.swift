import ECGCommandSupport
import ECGCore
import Foundation

/// One digitized page in words, for a terminal.
struct PageSummary {
  let result: Digitization
  let path: String
  /// The files that were written.
  let files: [URL]

  init(_ result: Digitization, path: String, files: [URL]) {
    self.result = result
    self.path = path
    self.files = files
  }

  /// Page, leads, calibration with its evidence, uncertainty, findings, files.
  var sixLines: String {
    var lines = [
      "\(path)  \(result.photoSize.width) × \(result.photoSize.height)",
      "  leads        \(layout): \(leads)",
      "  calibration  \(calibration)",
      "  uncertainty  \(uncertainty)",
    ]
    if result.findings.isEmpty {
      lines.append("  findings     none")
    } else {
      for (k, finding) in result.findings.enumerated() {
        lines.append((k == 0 ? "  findings     " : "               ") + finding.message)
      }
    }
    lines.append("  written      \(written)")
    return lines.joined(separator: "\n")
  }

  private var written: String {
    guard !files.isEmpty else { return "standard output" }
    let names = files.map { RawPath($0.lastPathComponent).shown }.joined(separator: " ")
    let here = FileManager.default.currentDirectoryPath
    guard let folder = files.first?.deletingLastPathComponent().standardizedFileURL.path,
      folder != here
    else { return names }
    let isBelow = folder.hasPrefix(here + "/")
    return "\(names) in \(isBelow ? String(folder.dropFirst(here.count + 1)) : folder)"
  }

  private var layout: String { result.layout?.name ?? "no known layout" }

  private var leads: String {
    let channels = result.recording.channels.map(\.description)
    return channels.isEmpty ? "none" : channels.joined(separator: " ")
  }

  private var calibration: String {
    guard let calibration = result.calibration else { return "unknown" }
    let speed = Self.short(calibration.paperSpeed.millimetersPerSecond)
    let gain = Self.short(calibration.limbGain.millimetersPerMillivolt)
    let scale = Self.short(result.geometry.pixelsPerMillimeterX)
    return "\(speed) mm/s (\(calibration.paperSpeedEvidence.words)), "
      + "\(gain) mm/mV (\(calibration.gainEvidence.words)), "
      + "\(scale) px/mm (\(calibration.scaleEvidence.words))"
  }

  private var uncertainty: String {
    let deviations = result.recording.segments.flatMap(\.standardDeviations).sorted()
    guard !deviations.isEmpty else { return "not known" }
    let median = Double(deviations[deviations.count / 2])
    let high = Double(deviations[deviations.count * 95 / 100])
    return "± \(Int((2000 * median).rounded())) µV typical, "
      + "± \(Int((2000 * high).rounded())) µV on the worst 5 % (95 % intervals)"
  }

  private static func short(_ value: Double) -> String {
    let text = String(format: "%.2f", value)
    guard text.contains(".") else { return text }
    var trimmed = Substring(text)
    while trimmed.last == "0" { trimmed.removeLast() }
    if trimmed.last == "." { trimmed.removeLast() }
    return String(trimmed)
  }
}

extension Evidence {
  /// How it is known, in words.
  fileprivate var words: String {
    switch self {
    case .grid: "grid"
    case .calibrationPulse: "pulse"
    case .printedText: "printed"
    case .declared: "declared"
    case .assumed: "assumed"
    }
  }
}
