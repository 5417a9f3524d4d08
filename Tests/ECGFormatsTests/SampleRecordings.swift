import ECGCore

/// Recordings for the tests of this bundle.
enum SampleRecording {
  /// 3×4 in small: four columns of 0.02 s at 500 Hz, a rhythm strip, one further lead, one row.
  static var page: Recording {
    var segments: [LeadSegment] = []
    for (index, lead) in Lead.standard12.enumerated() {
      let column = index / 3
      let isRhythm = lead == .II
      segments.append(
        LeadSegment(
          channel: .lead(lead), startSample: isRhythm ? 0 : 10 * column,
          millivolts: (0..<(isRhythm ? 40 : 10)).map { Float(index * 100 + $0) / 1000 - 0.35 },
          standardDeviations: [Float](repeating: 0.012, count: isRhythm ? 40 : 10)))
    }
    segments.append(
      LeadSegment(channel: .lead(Lead("V4R")), startSample: 5, millivolts: [0.5, -0.5]))
    segments.append(LeadSegment(channel: .row(1), startSample: 0, millivolts: [1, 2]))
    segments.append(LeadSegment(channel: .row(1), startSample: 7, millivolts: [-1.5]))
    return Recording(samplingFrequency: 500, sampleCount: 41, segments: segments)
  }

  /// The largest difference in mV where both are present; `nil` if presence differs anywhere.
  static func difference(_ a: Recording, _ b: Recording) -> Float? {
    guard a.channels == b.channels, a.sampleCount == b.sampleCount else { return nil }
    var largest: Float = 0
    for channel in a.channels {
      for (x, y) in zip(a.samples(of: channel), b.samples(of: channel)) {
        switch (x, y) {
        case (let x?, let y?): largest = max(largest, abs(x - y))
        case (nil, nil): continue
        default: return nil
        }
      }
    }
    return largest
  }
}
