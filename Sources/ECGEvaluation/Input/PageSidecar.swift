package import ECGCore
import ECGFormats
package import Foundation

/// What `NAME.json` beside a prediction says: layout, confidences, uncertainty, findings.
package struct PageSidecar: Sendable {
  /// The standard deviations of one lead, where stated.
  package struct Deviations: Sendable {
    let samplingFrequency: Double
    /// Runs on the recording's axis; a run of one value holds for its whole length.
    let runs: [(samples: Range<Int>, values: [Double])]

    /// The deviation in mV at `seconds` of page time.
    func value(at seconds: Double) -> Double? {
      let k = Int((seconds * samplingFrequency).rounded())
      guard let run = runs.first(where: { $0.samples.contains(k) }) else { return nil }
      return run.values.count == 1 ? run.values[0] : run.values[k - run.samples.lowerBound]
    }
  }

  /// The layout's name; `nil` if none was found.
  package var layout: String?
  /// Confidence per lead, 0…1.
  package var confidence: [Lead: Double] = [:]
  /// Standard deviations per lead.
  package var deviations: [Lead: Deviations] = [:]
  /// The codes of the page's findings.
  package var findings: [String] = []
  /// Columns of the photo per second of paper, where geometry and speed are stated.
  package var columnsPerSecond: Double?

  /// Reads what is there; what is missing or of another kind is left out. `nil` if it is no page document.
  package init?(_ data: Data) {
    guard let root = try? JSONValue(parsing: data), case .string(let schema)? = root["schema"],
      schema.hasPrefix("einthoven.page/")
    else { return nil }
    if case .string(let name)? = root["layout"]?["name"] { layout = name }
    if case .array(let list)? = root["findings"] {
      findings = list.map { if case .string(let code)? = $0["code"] { code } else { "unnamed" } }
    }
    columnsPerSecond = PageSidecar.columnsPerSecond(root)
    guard case .number(let rate)? = root["sampling_frequency_hz"],
      case .array(let leads)? = root["leads"]
    else { return }
    for item in leads {
      guard case .string(let name)? = item["name"], let lead = SignalTable.lead(named: name) else {
        continue
      }
      if case .number(let value)? = item["confidence"] { confidence[lead] = value }
      guard case .array(let ranges)? = item["ranges"] else { continue }
      let runs = ranges.compactMap(PageSidecar.run)
      if !runs.isEmpty { deviations[lead] = Deviations(samplingFrequency: rate, runs: runs) }
    }
  }

  private static func run(_ range: JSONValue) -> (samples: Range<Int>, values: [Double])? {
    guard case .number(let start)? = range["start_sample"],
      case .number(let count)? = range["samples"], count >= 1, abs(start) < 1e9, count < 1e9
    else { return nil }
    let samples = Int(start)..<(Int(start) + Int(count))
    if case .array(let list)? = range["standard_deviations_mv"] {
      let values = list.compactMap { if case .number(let v) = $0 { v } else { nil } }
      if values.count == samples.count { return (samples, values) }
    }
    guard case .number(let one)? = range["standard_deviation_mv"] else { return nil }
    return (samples, [one])
  }

  /// The photo's pixels per millimetre along time, times the paper speed.
  private static func columnsPerSecond(_ root: JSONValue) -> Double? {
    guard case .number(let speed)? = root["calibration"]?["paper_speed_mm_per_s"],
      let document = root["geometry"]?["photo_from_page"], document["kind"] == "lattice",
      case .number(let spacing)? = document["spacing_mm"], spacing > 0,
      case .number(let columns)? = document["columns"], columns >= 2, columns < 1e6,
      case .array(let list)? = document["nodes"]
    else { return nil }
    let nodes = list.map { if case .number(let value) = $0 { value } else { Double.nan } }
    let count = Int(columns)
    let steps = stride(from: 0, to: nodes.count / 2 - 1, by: 1).filter { ($0 + 1) % count != 0 }
      .map { k in
        let (dx, dy) = (nodes[2 * k + 2] - nodes[2 * k], nodes[2 * k + 3] - nodes[2 * k + 1])
        return (dx * dx + dy * dy).squareRoot()
      }
    let typical = median(steps)
    return typical > 0 ? typical / spacing * speed : nil
  }
}
