public import ECGCore
public import Foundation

extension Recording {
  /// Reads a WFDB record from its header file and the signal files beside it.
  ///
  /// - Throws: ``ECGCore/PageError``: `notFound`, `unreadable`, `invalidRecord`.
  public init(wfdbHeader file: URL) throws(PageError) {
    let header = try Recording.content(of: file, what: "header")
    try self.init(wfdbHeader: header) { name throws(PageError) in
      try Recording.content(
        of: file.deletingLastPathComponent().appendingPathComponent(name), what: "signal file")
    }
  }

  /// Reads a WFDB record: formats 16, 24, 32, 61, 80 and 212, any number of signal files, one
  /// segment, one sample per frame. Signals that are no voltage are left out.
  ///
  /// - Parameter signalFile: gives the content of the file that the header names.
  /// - Throws: `PageError.invalidRecord`, or what `signalFile` throws.
  public init(
    wfdbHeader data: Data, signalFile: (String) throws(PageError) -> Data
  ) throws(PageError) {
    let header = try WFDBHeader(parsing: String(decoding: data, as: UTF8.self))
    var segments: [LeadSegment] = []
    var length = header.sampleCount ?? 0
    var taken: Set<Channel> = []
    var first = 0
    while first < header.signals.count {
      // Neighbouring signals of one file are interleaved in it.
      let group = header.signals[first...].prefix { $0.fileName == header.signals[first].fileName }
      let lead = header.signals[first]
      guard group.allSatisfy({ $0.samplesPerFrame == 1 }) else {
        throw WFDBHeader.invalid("The record holds signals of different rates.")
      }
      guard group.allSatisfy({ $0.format == lead.format }) else {
        throw WFDBHeader.invalid("A signal file mixes two formats.")
      }
      let content = try signalFile(lead.fileName).dropFirst(lead.byteOffset)
      let samples = try WFDBSamples.unpack(content, format: lead.format)
      let available = samples.count / group.count
      if let expected = header.sampleCount, available < expected {
        throw WFDBHeader.invalid(
          "The signal file holds \(available) samples where the header promises \(expected).")
      }
      let count = header.sampleCount ?? available
      length = max(length, count)
      for (offset, signal) in group.enumerated() {
        guard let unit = signal.millivoltsPerUnit else { continue }
        let channel =
          signal.description.isEmpty
          ? Channel.row(first + offset + 1) : Channel(columnName: signal.description)
        guard taken.insert(channel).inserted else {
          throw WFDBHeader.invalid("The record names the lead \(channel) twice.")
        }
        let values = (0..<count).map { k -> Float? in
          samples[k * group.count + offset].map {
            Float((Double($0) - signal.baseline) / signal.adcGain * unit)
          }
        }
        guard values.allSatisfy({ $0?.isFinite ?? true }) else {
          throw WFDBHeader.invalid("The gain of lead \(channel) gives no finite voltage.")
        }
        segments += LeadSegment.pieces(of: values, channel: channel, firstSample: 0)
      }
      first += group.count
    }
    self.init(
      samplingFrequency: header.samplingFrequency, sampleCount: length, segments: segments)
  }

  private static func content(of file: URL, what: String) throws(PageError) -> Data {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw PageError(
        .notFound, "The record's \(what) does not exist.",
        remedy: "Keep the .hea file and its signal files in one folder.")
    }
    do {
      return try Data(contentsOf: file)
    } catch {
      throw PageError(
        .unreadable, "The record's \(what) cannot be read.", remedy: "Check its permissions.")
    }
  }
}
