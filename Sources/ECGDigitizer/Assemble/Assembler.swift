package import ECGCore

/// The signals of a page and how far each is to be believed: the result of the stage Assemble.
package struct Assembled: Sendable {
  package var recording: Recording
  /// Probability that a lead's curve lies within 0.5 mm of the ink's, 0…1.
  package var confidence: [Channel: Double]
}

/// Puts the traces on one time axis, in millivolts.
package struct Assembler: Sendable {
  /// Gaps between points of a trace up to this long are read through, in seconds.
  var readThrough = 0.012

  /// How well 0 mV is known, in mm: by the foot of the row's pulse, or by the level where most
  /// of its ink is.
  private func zeroLineMillimeters(_ hasPulse: Bool) -> Double { hasPulse ? 0.065 : 0.13 }

  /// Whether limb leads of one moment are made to agree, rhythm strips among them.
  var reconcilesLimbLeads = true

  package init(reconcilesLimbLeads: Bool = true) {
    self.reconcilesLimbLeads = reconcilesLimbLeads
  }

  /// Resamples `traces` to `samplingFrequency`; `pulses` holds each row's pulse, if it has one.
  package func recording(
    _ traces: [Trace], geometry: PageGeometry, calibration: Calibration,
    samplingFrequency: Double, pulses: [CalibrationPulse?], findings: inout [Finding]
  ) -> Assembled {
    let pixelsPerSecond =
      calibration.paperSpeed.millimetersPerSecond * geometry.pixelsPerMillimeterX
    var unnamed = 0
    var leads: [SampledLead] = []
    for trace in ordered(traces) {
      let placement = trace.placement
      let channel: Channel
      if let lead = placement.lead {
        channel = .lead(lead)
      } else {
        unnamed += 1
        channel = .row(unnamed)
      }
      let pulse = pulses.indices.contains(placement.row) ? pulses[placement.row] : nil
      let zero = pulse?.footY ?? placement.baselineY
      leads.append(
        sampled(
          trace, channel: channel, zeroY: zero, pixelsPerSecond: pixelsPerSecond,
          pixelsPerMillivolt: calibration.gain(of: placement.lead).millimetersPerMillivolt
            * geometry.pixelsPerMillimeterY,
          samplingFrequency: samplingFrequency))
    }
    if beginsBeforeInk(leads, samplingFrequency),
      !findings.contains(where: { $0.code == .startUncertain })
    {
      findings.append(
        Finding(
          .startUncertain,
          "Where the leads begin is not sure: the curves of most rows begin later than the rows "
            + "were taken to. Compare the overlay with the page."))
    }
    let rhythm = leads.filter { $0.placement.isRhythm }.max { $0.present < $1.present }
    let hidden = HiddenSamples(samplingFrequency: samplingFrequency)
    for k in leads.indices {
      hidden.fill(&leads[k], rhythm: leads[k].placement.isRhythm ? nil : rhythm)
      if let rhythm, !leads[k].placement.isRhythm {
        LeadEnds(samplingFrequency: samplingFrequency).mend(&leads[k], rhythm: rhythm)
      }
    }
    levelZeros(&leads, calibration: calibration, pulses: pulses)
    // Contradictions are looked for before they are mended.
    let contradictions = LeadChecks.findings(leads)
    if reconcilesLimbLeads { LimbLeads().agree(&leads) }
    let chosen = Assembler.longest(leads)
    for lead in chosen where lead.present == 0 {
      findings.append(
        Finding(
          .leadMissing, "No trace was recovered for \(lead.channel).",
          lead: lead.placement.lead))
    }
    findings += contradictions
    var confidence: [Channel: Double] = [:]
    for lead in chosen {
      confidence[lead.channel] = LeadChecks.confidence(
        lead,
        millimetersPerMillivolt: calibration.gain(of: lead.placement.lead)
          .millimetersPerMillivolt)
    }
    let last = leads.map { $0.firstSample + $0.millivolts.count }.max() ?? 0
    let recording = Recording(
      samplingFrequency: samplingFrequency, sampleCount: last,
      segments: chosen.flatMap(\.segments))
    return Assembled(recording: recording, confidence: confidence)
  }

  /// Moves each row's 0 mV to where the relations between limb leads want it, and widens intervals
  /// by what remains unknown of it.
  private func levelZeros(
    _ leads: inout [SampledLead], calibration: Calibration, pulses: [CalibrationPulse?]
  ) {
    let prior = (0..<((leads.map(\.placement.row).max() ?? -1) + 1)).map { row in
      zeroLineMillimeters(pulses.indices.contains(row) && pulses[row] != nil)
    }
    let zeros = ZeroLines(
      leads, prior: prior, millimetersPerMillivolt: calibration.limbGain.millimetersPerMillivolt)
    let deviations = zeros.deviations
    for k in leads.indices {
      let placement = leads[k].placement
      let gain = calibration.gain(of: placement.lead).millimetersPerMillivolt
      let error = Float((placement.isInverted ? -1 : 1) * zeros.errors[placement.row] / gain)
      leads[k].millivolts = leads[k].millivolts.map { $0.map { $0 - error } }
      leads[k].widen(by: Float(deviations[placement.row] / gain))
    }
  }

  /// Whether most rows' curves begin together, but 0.07 s or more behind where time does.
  private func beginsBeforeInk(_ leads: [SampledLead], _ samplingFrequency: Double) -> Bool {
    let waits = leads.filter { $0.placement.column == 0 }.map { lead in
      let first = lead.millivolts.firstIndex { $0 != nil } ?? 0
      return Double(first) / samplingFrequency
    }.sorted()
    guard waits.count >= 2 else { return false }
    let middle = waits[waits.count / 2]
    return middle >= 0.07 && 2 * waits.count { abs($0 - middle) < 0.032 } > waits.count
  }

  /// Reads `trace` at the recording's sample times.
  private func sampled(
    _ trace: Trace, channel: Channel, zeroY: Double, pixelsPerSecond: Double,
    pixelsPerMillivolt: Double, samplingFrequency: Double
  ) -> SampledLead {
    let placement = trace.placement
    let seconds = (placement.endX - placement.startX) / pixelsPerSecond
    let sampler = TraceSampler(trace, bridge: readThrough * pixelsPerSecond, hold: 0)
    let first = Int((placement.startSeconds * samplingFrequency - 1e-6).rounded(.up))
    let end = Int(
      ((placement.startSeconds + seconds) * samplingFrequency - 1e-6).rounded(.up))
    let sign: Float = placement.isInverted ? -1 : 1
    var lead = SampledLead(
      channel: channel, placement: placement, firstSample: first, millivolts: [], deviations: [])
    for n in first..<max(first, end) {
      let t = Double(n) / samplingFrequency - placement.startSeconds
      let point = sampler.point(at: placement.startX + t * pixelsPerSecond)
      lead.millivolts.append(
        point.map { sign * (Float(zeroY) - $0.y) / Float(pixelsPerMillivolt) })
      lead.deviations.append((point?.standardDeviation ?? 0) / Float(pixelsPerMillivolt))
    }
    return lead
  }

  /// A lead that is printed twice is returned once: the strip where it is the longer one.
  private static func longest(_ leads: [SampledLead]) -> [SampledLead] {
    var chosen: [SampledLead] = []
    for lead in leads {
      if let twin = chosen.firstIndex(where: { $0.channel == lead.channel }) {
        if lead.present > chosen[twin].present { chosen[twin] = lead }
      } else {
        chosen.append(lead)
      }
    }
    return chosen
  }

  private func ordered(_ traces: [Trace]) -> [Trace] {
    traces.sorted {
      ($0.placement.row, $0.placement.column) < ($1.placement.row, $1.placement.column)
    }
  }
}
