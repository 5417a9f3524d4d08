package import ECGCore
import ECGImaging

/// Millimetres of paper become seconds and millivolts; every piece of evidence is kept.
package struct Calibrator: Sendable {
  package init() {}

  /// Finds the calibration pulses of the rows.
  package func pulses(
    of rows: [PrintedRow], on paths: [InkPath], in map: InkMap
  ) -> [CalibrationPulse] {
    PulseFinder().pulses(of: rows, on: paths, in: map)
  }

  /// Weighs grid, pulses and what was declared.
  package func calibration(
    of page: RectifiedPage, pulses: [CalibrationPulse?], options: Digitizer.Options,
    findings: inout [Finding]
  ) -> Calibration {
    let sx = page.geometry.pixelsPerMillimeterX
    let sy = page.geometry.pixelsPerMillimeterY
    var items: [EvidenceItem] = []
    if page.scaleEvidence == .grid {
      items.append(EvidenceItem(kind: .grid, note: "millimetres from the printed grid"))
    }
    let pulses = pulses.compactMap { $0 }
    let heights = pulses.map { $0.height / sy }.sorted()
    let widths = pulses.map { ($0.fallX - $0.riseX) / sx }.sorted()
    let height = heights.isEmpty ? nil : heights[heights.count / 2]
    let width = widths.isEmpty ? nil : widths[widths.count / 2]
    if let height, let width {
      items.append(
        EvidenceItem(
          kind: .calibrationPulse,
          note: "\(pulses.count) pulses, \(tenths(height)) mm tall and \(tenths(width)) mm wide"))
    }
    let (gain, gainEvidence) = gain(height, options, &findings)
    let (speed, speedEvidence) = speed(width, options, &findings)
    return Calibration(
      paperSpeed: speed, paperSpeedEvidence: speedEvidence, limbGain: gain, chestGain: gain,
      gainEvidence: gainEvidence, scaleEvidence: page.scaleEvidence, items: items)
  }

  /// The paper speed that the pulses of `rows` show before anything else is known; `nil` for the
  /// usual one.
  package func unusualSpeed(of rows: [FollowedRow], in map: InkMap) -> PaperSpeed? {
    let widths = rows.compactMap(\.pulse)
      .map { ($0.fallX - $0.riseX) / map.pixelsPerMillimeter }.sorted()
    guard widths.count >= 2, Calibrator.isTwiceAsFast(widths[widths.count / 2]) else {
      return nil
    }
    return PaperSpeed(millimetersPerSecond: 50)
  }

  /// Whether a pulse of 0.2 s is as wide as 50 mm/s make it. No device is known that draws wider
  /// pulses at 25 mm/s; narrower ones are common.
  private static func isTwiceAsFast(_ pulseMillimeters: Double) -> Bool {
    abs(pulseMillimeters / 10 - 1) < 0.08
  }

  private func gain(
    _ pulseHeight: Double?, _ options: Digitizer.Options, _ findings: inout [Finding]
  ) -> (Gain, Evidence) {
    let standard = [2.5, 5, 10, 20]
    let seen = pulseHeight.flatMap { height in
      standard.first { abs(height / $0 - 1) < 0.09 }
    }
    if let declared = options.gain {
      if let seen, seen != declared.millimetersPerMillivolt {
        findings.append(
          Finding(
            .calibrationContradiction,
            "The pulse looks like \(tenths(seen)) mm/mV, but "
              + "\(tenths(declared.millimetersPerMillivolt)) mm/mV was declared and is used."))
      }
      return (declared, .declared)
    }
    if let seen { return (Gain(millimetersPerMillivolt: seen), .calibrationPulse) }
    let reason =
      pulseHeight.map { "the pulse is \(tenths($0)) mm tall, which is no usual gain" }
      ?? "no calibration pulse was found"
    findings.append(Finding(.gainAssumed, "A gain of 10 mm/mV is assumed: \(reason)."))
    return (Gain(millimetersPerMillivolt: 10), .assumed)
  }

  private func speed(
    _ pulseWidth: Double?, _ options: Digitizer.Options, _ findings: inout [Finding]
  ) -> (PaperSpeed, Evidence) {
    if let declared = options.paperSpeed { return (declared, .declared) }
    if let pulseWidth, Calibrator.isTwiceAsFast(pulseWidth) {
      findings.append(
        Finding(
          .paperSpeedAssumed,
          "A paper speed of 50 mm/s is taken: the calibration pulse is \(tenths(pulseWidth)) mm "
            + "wide, twice the usual."))
      return (PaperSpeed(millimetersPerSecond: 50), .calibrationPulse)
    }
    // A pulse of 0.2 s is 5 mm wide at 25 mm/s. Narrower ones are no proof: devices differ.
    if let pulseWidth, abs(pulseWidth / 5 - 1) < 0.12 {
      return (PaperSpeed(millimetersPerSecond: 25), .calibrationPulse)
    }
    findings.append(
      Finding(
        .paperSpeedAssumed,
        "A paper speed of 25 mm/s is assumed: nothing on the page that could be read says so."))
    return (PaperSpeed(millimetersPerSecond: 25), .assumed)
  }

  private func tenths(_ value: Double) -> String {
    let scaled = Int((value * 10).rounded())
    return scaled % 10 == 0 ? "\(scaled / 10)" : "\(scaled / 10).\(scaled % 10)"
  }
}
