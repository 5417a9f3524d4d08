package import ECGCore

/// Puts the traces on one time axis, in millivolts.
package struct Assembler: Sendable {
  /// Gaps inside a lead up to this long are bridged, with growing uncertainty, in seconds.
  var longestBridge = 0.06
  /// The level is held up to this long where a lead's ends are hidden, in seconds.
  var longestHold = 0.05

  package init() {}

  /// Resamples `traces` to `samplingFrequency`.
  package func recording(
    _ traces: [Trace], geometry: PageGeometry, calibration: Calibration,
    samplingFrequency: Double, pulses: [CalibrationPulse], findings: inout [Finding]
  ) -> Recording {
    var segments: [LeadSegment] = []
    var unnamed = 0
    var duration = 0.0
    for trace in ordered(traces) {
      let placement = trace.placement
      let channel: Channel
      if let lead = placement.lead {
        channel = .lead(lead)
      } else {
        unnamed += 1
        channel = .row(unnamed)
      }
      let pixelsPerSecond =
        calibration.paperSpeed.millimetersPerSecond * geometry.pixelsPerMillimeterX
      let seconds = (placement.endX - placement.startX) / pixelsPerSecond
      duration = max(duration, placement.startSeconds + seconds)
      let pixelsPerMillivolt =
        calibration.gain(of: placement.lead).millimetersPerMillivolt
        * geometry.pixelsPerMillimeterY
      let zero = pulses.first { $0.row == placement.row }?.footY ?? placement.baselineY
      let sampler = TraceSampler(
        trace, bridge: longestBridge * pixelsPerSecond, hold: longestHold * pixelsPerSecond)
      let first = Int((placement.startSeconds * samplingFrequency).rounded(.up))
      let end = Int(((placement.startSeconds + seconds) * samplingFrequency - 1e-6).rounded(.up))
      let sign: Float = placement.isInverted ? -1 : 1
      var values: [TracePoint?] = []
      for n in first..<max(first, end) {
        let t = Double(n) / samplingFrequency - placement.startSeconds
        values.append(sampler.point(at: placement.startX + t * pixelsPerSecond))
      }
      let pieces = Assembler.pieces(values, first: first, channel: channel) { point in
        let millivolts = sign * (Float(zero) - point.y) / Float(pixelsPerMillivolt)
        return (millivolts, point.standardDeviation / Float(pixelsPerMillivolt))
      }
      // A lead that is printed twice is returned once: the strip where it is the longer one.
      if segments.contains(where: { $0.channel == channel }) {
        let own = pieces.reduce(0) { $0 + $1.millivolts.count }
        let other = segments.filter { $0.channel == channel }
          .reduce(0) { $0 + $1.millivolts.count }
        guard own > other else { continue }
        segments.removeAll { $0.channel == channel }
      }
      segments += pieces
      if pieces.isEmpty {
        findings.append(
          Finding(.leadMissing, "No trace was recovered for \(channel).", lead: placement.lead))
      }
    }
    return Recording(
      samplingFrequency: samplingFrequency,
      sampleCount: Int((duration * samplingFrequency).rounded()), segments: segments)
  }

  private func ordered(_ traces: [Trace]) -> [Trace] {
    traces.sorted {
      ($0.placement.row, $0.placement.column) < ($1.placement.row, $1.placement.column)
    }
  }

  /// Splits samples at gaps.
  private static func pieces(
    _ values: [TracePoint?], first: Int, channel: Channel,
    convert: (TracePoint) -> (Float, Float)
  ) -> [LeadSegment] {
    var out: [LeadSegment] = []
    var start = 0
    while start < values.count {
      guard values[start] != nil else {
        start += 1
        continue
      }
      var end = start
      while end < values.count, values[end] != nil { end += 1 }
      let converted = values[start..<end].compactMap { $0.map(convert) }
      out.append(
        LeadSegment(
          channel: channel, startSample: first + start, millivolts: converted.map(\.0),
          standardDeviations: converted.map(\.1)))
      start = end
    }
    return out
  }
}
