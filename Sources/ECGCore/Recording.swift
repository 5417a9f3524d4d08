/// Whose signal a piece is: a named lead, or a printed row whose name is not known.
public enum Channel: Hashable, Codable, Sendable, CustomStringConvertible {
  case lead(Lead)
  /// The n-th unnamed row, 1 first.
  case row(Int)

  /// The column header: the lead's name or `row1`.
  public var description: String {
    switch self {
    case .lead(let lead): lead.rawValue
    case .row(let number): "row\(number)"
    }
  }
}

/// A gap-free calibrated piece of one channel.
public struct LeadSegment: Hashable, Codable, Sendable {
  /// Whose signal it is.
  public var channel: Channel
  /// The place of the first sample on the recording's time axis, 0 = page time 0.
  public var startSample: Int
  /// The samples, in millivolts.
  public var millivolts: [Float]
  /// The standard deviation of each sample in mV, or empty if it is not known.
  public var standardDeviations: [Float]

  /// Creates a piece.
  public init(
    channel: Channel, startSample: Int, millivolts: [Float], standardDeviations: [Float] = []
  ) {
    precondition(standardDeviations.isEmpty || standardDeviations.count == millivolts.count)
    self.channel = channel
    self.startSample = startSample
    self.millivolts = millivolts
    self.standardDeviations = standardDeviations
  }

  /// The sample indices this piece covers.
  public var samples: Range<Int> { startSample..<(startSample + millivolts.count) }
}

/// All channels on one time axis. What is not covered by a segment is *absent*: not 0, not NaN.
///
/// Invariants: segments of one channel do not overlap and are sorted by time; all
/// values are finite; `sampleCount` covers the last segment.
public struct Recording: Hashable, Codable, Sendable {
  /// Samples per second, in Hz.
  public var samplingFrequency: Double
  /// The length of the time axis in samples.
  public var sampleCount: Int
  /// The gap-free pieces, sorted by time within a channel.
  public var segments: [LeadSegment]

  /// Creates a recording.
  ///
  /// - Parameter sampleCount: the length of the time axis; `nil` to end with the last segment.
  public init(samplingFrequency: Double, sampleCount: Int? = nil, segments: [LeadSegment]) {
    self.samplingFrequency = samplingFrequency
    self.segments = segments
    let last = segments.map(\.samples.upperBound).max() ?? 0
    self.sampleCount = max(sampleCount ?? last, last)
  }

  /// The channels in the order of output: the standard twelve, other leads, then rows.
  public var channels: [Channel] {
    let present = Set(segments.map(\.channel))
    let standard = Lead.standard12.map(Channel.lead).filter(present.contains)
    let others = present.subtracting(standard).sorted { a, b in
      switch (a, b) {
      case (.lead(let x), .lead(let y)): x.rawValue < y.rawValue
      case (.lead, .row): true
      case (.row, .lead): false
      case (.row(let x), .row(let y)): x < y
      }
    }
    return standard + others
  }

  /// The samples of `channel` over the whole time axis; `nil` where absent.
  public func samples(of channel: Channel) -> [Float?] {
    values(of: channel, \.millivolts)
  }

  /// The standard deviations of the samples of `channel` in mV; `nil` where absent or not known.
  public func standardDeviations(of channel: Channel) -> [Float?] {
    values(of: channel, \.standardDeviations)
  }

  private func values(
    of channel: Channel, _ part: (LeadSegment) -> [Float]
  ) -> [Float?] {
    var out = [Float?](repeating: nil, count: sampleCount)
    for segment in segments where segment.channel == channel {
      for (k, value) in part(segment).enumerated() where segment.startSample + k >= 0 {
        out[segment.startSample + k] = value
      }
    }
    return out
  }

  /// What is wrong with this recording, in words; empty if every invariant holds.
  public func violatedInvariants() -> [String] {
    var problems: [String] = []
    if !(samplingFrequency > 0 && samplingFrequency.isFinite) {
      problems.append("sampling frequency \(samplingFrequency) Hz")
    }
    var lastEnd: [Channel: Int] = [:]
    for segment in segments {
      if segment.startSample < lastEnd[segment.channel, default: 0] {
        problems.append("segments of \(segment.channel) overlap or are not sorted")
      }
      if segment.samples.upperBound > sampleCount {
        problems.append("a segment of \(segment.channel) ends after the time axis")
      }
      if !segment.millivolts.allSatisfy(\.isFinite) {
        problems.append("\(segment.channel) holds a value that is not finite")
      }
      lastEnd[segment.channel] = segment.samples.upperBound
    }
    return problems
  }
}
