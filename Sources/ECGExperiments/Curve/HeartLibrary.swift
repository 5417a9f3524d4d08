package import ECGSynthesis
import ECGTraining
package import Foundation

/// Real recordings that rows may be drawn from: the shared signals, without any patient of the
/// pages that accuracy is measured on.
package enum HeartLibrary {
  /// Reads the unpacked signals.
  ///
  /// - Parameters:
  ///   - samples: little-endian 16-bit samples in microvolts, lead after lead (`xz -dc` of
  ///     `signals/signals-dev.i16.xz`).
  ///   - data: the shared data's folder, for the index of the signals and of the pages.
  package static func sources(samples: URL, data: URL) throws -> [LeadSource] {
    let index = try table(data.appendingPathComponent("signals/signals-index.csv"))
    var measured: Set<String> = []
    for pages in ["photos", "scans", "renders"] {
      for line in try table(data.appendingPathComponent("\(pages)/index.csv")) {
        if let patient = line["patient"] { measured.insert(patient) }
      }
    }
    let bytes = try Data(contentsOf: samples, options: .mappedIfSafe)
    let sources = index.compactMap { line -> LeadSource? in
      guard line["amplitude"] == "physical", let record = line["record"],
        !record.hasPrefix("zzu"), let patient = line["patient"], !measured.contains(patient),
        let offset = line["byte_offset"].flatMap({ Int($0) }),
        let leads = line["lead_count"].flatMap({ Int($0) }),
        let count = line["samples_per_lead"].flatMap({ Int($0) }),
        let rate = line["sample_rate_hz"].flatMap({ Double($0) }),
        offset + 2 * leads * count <= bytes.count, line["missing_samples"] == "0"
      else { return nil }
      let millivolts = (0..<leads).map { lead in
        bytes.withUnsafeBytes { raw in
          (0..<count).map { k in
            let at = offset + 2 * (lead * count + k)
            return Float(Int16(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: Int16.self)))
              / 1000
          }
        }
      }
      return LeadSource(millivolts: millivolts, samplingFrequency: rate)
    }
    guard !sources.isEmpty else {
      throw TrainingError("No recording of the index could be read from \(samples.path).")
    }
    return sources
  }

  /// The lines of a table by column; columns after one with a quoted comma are not reliable.
  private static func table(_ url: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    guard let header = lines.first?.split(separator: ",", omittingEmptySubsequences: false) else {
      return []
    }
    return lines.dropFirst().map { line in
      var values: [String: String] = [:]
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      for (name, cell) in zip(header, cells) { values[String(name)] = String(cell) }
      return values
    }
  }
}
