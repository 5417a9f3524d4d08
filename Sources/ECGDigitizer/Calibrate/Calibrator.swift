package import ECGCore
import ECGNumerics

/// Millimetres of paper become seconds and millivolts; every piece of evidence is kept.
package struct Calibrator: Sendable {
  let parameters: CalibrateParameters

  package init(parameters: CalibrateParameters = CalibrateParameters()) {
    self.parameters = parameters
  }

  /// Weighs grid, pulses, what is stated in print and what was declared.
  package func calibration(
    of page: RectifiedPage, pulses: [CalibrationPulse?], stated: StatedSettings = .none,
    options: Digitizer.Options, findings: inout [Finding]
  ) -> Calibration {
    let sx = page.geometry.pixelsPerMillimeterX
    let sy = page.geometry.pixelsPerMillimeterY
    var items: [EvidenceItem] = []
    if page.scaleEvidence == .grid {
      items.append(EvidenceItem(kind: .grid, note: "millimetres from the printed grid"))
    }
    let pulses = pulses.compactMap { $0 }
    let height = pulses.map { $0.height / sy }.median()
    let width = pulses.map { ($0.fallX - $0.riseX) / sx }.median()
    if let height, let width {
      items.append(
        EvidenceItem(
          kind: .calibrationPulse,
          note: "\(pulses.count) pulses, \(tenths(height)) mm tall and \(tenths(width)) mm wide"))
    }
    if let item = item(stated) { items.append(item) }
    let (gain, gainEvidence) = gain(height, stated, options, &findings)
    let (speed, speedEvidence) = speed(width, stated, options, &findings)
    return Calibration(
      paperSpeed: speed, paperSpeedEvidence: speedEvidence, limbGain: gain, chestGain: gain,
      gainEvidence: gainEvidence, scaleEvidence: page.scaleEvidence, items: items)
  }

  /// The paper speed that the pulses of `rows` show before anything else is known; `nil` for the
  /// usual one.
  package func unusualSpeed(of rows: [FollowedRow], in map: InkMap) -> PaperSpeed? {
    let widths = rows.compactMap(\.pulse)
      .map { ($0.fallX - $0.riseX) / map.pixelsPerMillimeter }
    guard widths.count >= 2, let width = widths.median(), isTwiceAsFast(width) else {
      return nil
    }
    return PaperSpeed(millimetersPerSecond: 50)
  }

  /// Whether a pulse of 0.2 s is as wide as 50 mm/s make it. No device is known that draws wider
  /// pulses at 25 mm/s; narrower ones are common.
  private func isTwiceAsFast(_ pulseMillimeters: Double) -> Bool {
    abs(pulseMillimeters / 10 - 1) < parameters.fastWidthTolerance
  }

  private func gain(
    _ pulseHeight: Double?, _ stated: StatedSettings, _ options: Digitizer.Options,
    _ findings: inout [Finding]
  ) -> (Gain, Evidence) {
    let seen = pulseHeight.flatMap { height in
      parameters.usualGains.first { abs(height / $0 - 1) < parameters.heightTolerance }
    }
    func contradiction(_ what: String, _ value: Double, _ used: Double, _ why: String) {
      guard value != used else { return }
      findings.append(
        Finding(
          .calibrationContradiction,
          "\(what) \(tenths(value)) mm/mV, but \(tenths(used)) mm/mV \(why)."))
    }
    let text = stated.gain?.millimetersPerMillivolt
    if stated.hasSeveralGains {
      findings.append(
        Finding(.calibrationContradiction, "Several gains are printed on the page; none was used."))
    }
    if let declared = options.gain {
      let value = declared.millimetersPerMillivolt
      if let seen { contradiction("The pulse looks like", seen, value, "was declared and is used") }
      if let text { contradiction("The page states", text, value, "was declared and is used") }
      return (declared, .declared)
    }
    if let seen {
      if let text {
        contradiction("The page states", text, seen, "is what the pulse shows, and is used")
      }
      return (Gain(millimetersPerMillivolt: seen), .calibrationPulse)
    }
    if let gain = stated.gain {
      if let pulseHeight {
        findings.append(
          Finding(
            .calibrationContradiction,
            "The page states \(tenths(gain.millimetersPerMillivolt)) mm/mV, which is used, but the "
              + "pulse is \(tenths(pulseHeight)) mm tall."))
      }
      return (gain, .printedText)
    }
    let reason =
      pulseHeight.map { "the pulse is \(tenths($0)) mm tall, which is no usual gain" }
      ?? "no calibration pulse was found"
    findings.append(Finding(.gainAssumed, "A gain of 10 mm/mV is assumed: \(reason)."))
    return (Gain(millimetersPerMillivolt: 10), .assumed)
  }

  private func speed(
    _ pulseWidth: Double?, _ stated: StatedSettings, _ options: Digitizer.Options,
    _ findings: inout [Finding]
  ) -> (PaperSpeed, Evidence) {
    let isFast = pulseWidth.map(isTwiceAsFast) ?? false
    // A pulse of 0.2 s is 5 mm wide at 25 mm/s. Narrower ones are no proof: devices differ.
    let isUsual = pulseWidth.map { abs($0 / 5 - 1) < parameters.usualWidthTolerance } ?? false
    let seen: Double? = isFast ? 50 : isUsual ? 25 : nil
    if stated.hasSeveralSpeeds {
      findings.append(
        Finding(
          .calibrationContradiction, "Several paper speeds are printed on the page; none was used.")
      )
    }
    if let declared = options.paperSpeed {
      if let text = stated.paperSpeed, text != declared {
        findings.append(
          Finding(
            .calibrationContradiction,
            "The page states \(tenths(text.millimetersPerSecond)) mm/s, but "
              + "\(tenths(declared.millimetersPerSecond)) mm/s was declared and is used."))
      }
      return (declared, .declared)
    }
    if let text = stated.paperSpeed {
      if let seen, seen != text.millimetersPerSecond, let pulseWidth {
        findings.append(
          Finding(
            .calibrationContradiction,
            "The page states \(tenths(text.millimetersPerSecond)) mm/s, which is used, but the "
              + "calibration pulse is \(tenths(pulseWidth)) mm wide, as at \(tenths(seen)) mm/s."))
      }
      return (text, .printedText)
    }
    if isFast, let pulseWidth {
      findings.append(
        Finding(
          .paperSpeedAssumed,
          "A paper speed of 50 mm/s is taken: the calibration pulse is \(tenths(pulseWidth)) mm "
            + "wide, twice the usual."))
      return (PaperSpeed(millimetersPerSecond: 50), .calibrationPulse)
    }
    if isUsual { return (PaperSpeed(millimetersPerSecond: 25), .calibrationPulse) }
    findings.append(
      Finding(
        .paperSpeedAssumed,
        "A paper speed of 25 mm/s is assumed: nothing on the page that could be read says so."))
    return (PaperSpeed(millimetersPerSecond: 25), .assumed)
  }

  /// What is stated, in words of our own.
  private func item(_ stated: StatedSettings) -> EvidenceItem? {
    guard let least = stated.scores.min() else { return nil }
    let values = [
      stated.paperSpeed.map { "\(tenths($0.millimetersPerSecond)) mm/s" },
      stated.gain.map { "\(tenths($0.millimetersPerMillivolt)) mm/mV" },
    ].compactMap(\.self)
    guard !values.isEmpty else { return nil }
    return EvidenceItem(
      kind: .printedText,
      note: "printed: \(values.joined(separator: ", ")), read to \(Int((100 * least).rounded())) %")
  }

  private func tenths(_ value: Double) -> String {
    let scaled = Int((value * 10).rounded())
    return scaled % 10 == 0 ? "\(scaled / 10)" : "\(scaled / 10).\(scaled % 10)"
  }
}
