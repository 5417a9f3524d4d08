package import ECGCore
import ECGNumerics

/// The signals of a page and how far each is to be believed: the result of the stage Assemble.
package struct Assembled: Sendable {
  package var recording: Recording
  /// Probability that a lead's curve lies within 0.5 mm of the ink's, 0…1.
  package var confidence: [Channel: Double]
}

/// Puts the traces on one time axis, in millivolts.
package struct Assembler: Sendable {
  let parameters: AssembleParameters
  /// Whether limb leads of one moment are made to agree, rhythm strips among them.
  private let reconcilesLimbLeads: Bool

  package init(
    parameters: AssembleParameters = AssembleParameters(), reconcilesLimbLeads: Bool = true
  ) {
    self.parameters = parameters
    self.reconcilesLimbLeads = reconcilesLimbLeads
  }

  /// Resamples `traces` to `samplingFrequency`; `pulses` holds each row's pulse, if it has one.
  package func recording(
    _ traces: [Trace], geometry: PageGeometry, calibration: Calibration,
    samplingFrequency: Double, pulses: [CalibrationPulse?], findings: inout [Finding]
  ) -> Assembled {
    var leads = sampled(
      traces, geometry: geometry, calibration: calibration, samplingFrequency: samplingFrequency,
      pulses: pulses)
    if beginsBeforeInk(leads, samplingFrequency),
      !findings.contains(where: { $0.code == .startUncertain })
    {
      findings.append(
        Finding(
          .startUncertain,
          "Where the leads begin is not sure: the curves of most rows begin later than the rows "
            + "were taken to. Compare the overlay with the page."))
    }
    fillFromRhythm(&leads, samplingFrequency: samplingFrequency)
    correctBaselines(&leads, calibration: calibration, pulses: pulses)
    // Contradictions are looked for before they are mended.
    let checks = LeadChecks(parameters: parameters.checks)
    let contradictions = checks.findings(leads)
    if reconcilesLimbLeads { LeadReconciliation(parameters.relations).reconcile(&leads) }
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
      confidence[lead.channel] = checks.confidence(
        lead,
        millimetersPerMillivolt: calibration.gain(of: lead.placement.lead)
          .millimetersPerMillivolt)
    }
    let recording = Recording(
      samplingFrequency: samplingFrequency,
      sampleCount: leads.map { $0.firstSample + $0.millivolts.count }.max() ?? 0,
      segments: chosen.flatMap(\.segments))
    return Assembled(recording: recording, confidence: confidence)
  }

  /// Reads all traces, row by row; rows without a name are counted.
  private func sampled(
    _ traces: [Trace], geometry: PageGeometry, calibration: Calibration,
    samplingFrequency: Double, pulses: [CalibrationPulse?]
  ) -> [SampledLead] {
    var unnamed = 0
    let ordered = traces.sorted {
      ($0.placement.row, $0.placement.column) < ($1.placement.row, $1.placement.column)
    }
    return ordered.map { trace in
      let placement = trace.placement
      if placement.lead == nil { unnamed += 1 }
      let pulse = pulses.indices.contains(placement.row) ? pulses[placement.row] : nil
      return sampled(
        trace, channel: placement.lead.map { .lead($0) } ?? .row(unnamed),
        zeroY: pulse?.footY ?? placement.baselineY,
        pixelsPerSecond: calibration.paperSpeed.millimetersPerSecond
          * geometry.pixelsPerMillimeterX,
        pixelsPerMillivolt: calibration.gain(of: placement.lead).millimetersPerMillivolt
          * geometry.pixelsPerMillimeterY,
        samplingFrequency: samplingFrequency)
    }
  }

  /// Fills what is hidden, and mends ends, by what the longest rhythm strip shows.
  private func fillFromRhythm(_ leads: inout [SampledLead], samplingFrequency: Double) {
    let rhythm = leads.filter { $0.placement.isRhythm }.max { $0.present < $1.present }
    let filling = GapFilling(parameters.gaps, samplingFrequency: samplingFrequency)
    let ends = LeadEnds(parameters.ends, samplingFrequency: samplingFrequency)
    for k in leads.indices {
      let strip = leads[k].placement.isRhythm ? nil : rhythm
      filling.fill(&leads[k], rhythm: strip)
      if let strip { ends.mend(&leads[k], rhythm: strip) }
    }
  }

  /// Moves each row's 0 mV to where the relations between limb leads want it, and widens intervals
  /// by what remains unknown of it.
  private func correctBaselines(
    _ leads: inout [SampledLead], calibration: Calibration, pulses: [CalibrationPulse?]
  ) {
    let prior = (0..<((leads.map(\.placement.row).max() ?? -1) + 1)).map { row in
      pulses.indices.contains(row) && pulses[row] != nil
        ? parameters.baselines.withPulse : parameters.baselines.withoutPulse
    }
    let correction = BaselineCorrection(
      leads, prior: prior, millimetersPerMillivolt: calibration.limbGain.millimetersPerMillivolt,
      parameters: parameters.baselines)
    let (errors, deviations) = (correction.errors, correction.deviations)
    for k in leads.indices {
      let placement = leads[k].placement
      let gain = calibration.gain(of: placement.lead).millimetersPerMillivolt
      let error = Float((placement.isInverted ? -1 : 1) * errors[placement.row] / gain)
      leads[k].millivolts = leads[k].millivolts.map { $0.map { $0 - error } }
      leads[k].widen(by: Float(deviations[placement.row] / gain))
    }
  }

  /// Whether most rows' curves begin together, but clearly behind where time does.
  private func beginsBeforeInk(_ leads: [SampledLead], _ samplingFrequency: Double) -> Bool {
    let waits = leads.filter { $0.placement.column == 0 }.map { lead in
      Double(lead.millivolts.firstIndex { $0 != nil } ?? 0) / samplingFrequency
    }
    guard waits.count >= 2, let middle = waits.median() else { return false }
    let together = waits.count { abs($0 - middle) < parameters.start.agreementSeconds }
    return middle >= parameters.start.leastSeconds && 2 * together > waits.count
  }

  /// Reads `trace` at the recording's sample times.
  private func sampled(
    _ trace: Trace, channel: Channel, zeroY: Double, pixelsPerSecond: Double,
    pixelsPerMillivolt: Double, samplingFrequency: Double
  ) -> SampledLead {
    let placement = trace.placement
    let seconds = (placement.endX - placement.startX) / pixelsPerSecond
    let sampler = TraceSampler(
      trace, bridge: parameters.sampling.readThrough * pixelsPerSecond,
      parameters: parameters.sampling)
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
}
