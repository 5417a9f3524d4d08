/// The first and last moments of a lead, where bars, names, pulses and the next lead's QRS are
/// printed over it.
///
/// The rhythm strip shows the same moment unhidden, and the lead itself shows like moments: where
/// strip and lead were alike before, just beside the end, the end was alike, too
/// (``LikeMoment``). What was traced instead and is far from that is ink of something else.
///
/// > Source: our own measurements (`Docs/Accuracy.md`): of 14 ends so found on 57 pages 12 are
/// > nearer to the truth afterwards, some by 9 dB of the page.
package struct LeadEnds {
  let parameters: AssembleParameters.Ends
  /// Samples per second.
  let samplingFrequency: Double

  package init(
    _ parameters: AssembleParameters.Ends = AssembleParameters().ends, samplingFrequency: Double
  ) {
    self.parameters = parameters
    self.samplingFrequency = samplingFrequency
  }

  /// Mends both ends of `lead`; `rhythm` is a strip that covers its time.
  package func mend(_ lead: inout SampledLead, rhythm: SampledLead) {
    let traced = lead
    for isStart in [true, false] {
      guard let (moment, offset) = likeMoment(traced, rhythm, isStart: isStart) else { continue }
      let end = self.end(of: traced, isStart: isStart)
      let then = end.compactMap { traced.millivolts[$0 + moment.shift] }
      let now = end.compactMap { traced.millivolts[$0] }
      guard then.count == end.count, now.count == end.count else { continue }
      // Beats are alike, but not to the millisecond.
      let play = samples(parameters.play)
      let distances = (-play...play).compactMap { late -> Float? in
        let then = end.compactMap { traced.value(traced.firstSample + $0 + moment.shift + late) }
        guard then.count == now.count else { return nil }
        return zip(then, now).map { abs($0 + offset - $1) }.max()
      }
      let mismatch = moment.leadMismatch.squareRoot()
      guard let distance = distances.min(),
        distance > max(parameters.leastMillivolts, parameters.leastMismatches * mismatch)
      else { continue }
      for (i, value) in zip(end, then) {
        lead.millivolts[i] = value + offset
        // Not seen, and against what was.
        lead.deviations[i] = parameters.leastDeviation + parameters.moveShare * distance
      }
    }
  }

  private func samples(_ seconds: Double) -> Int { Int((seconds * samplingFrequency).rounded()) }

  private func end(of lead: SampledLead, isStart: Bool) -> Range<Int> {
    let (count, length) = (lead.millivolts.count, samples(parameters.end))
    return isStart ? 0..<min(length, count) : max(0, count - length)..<count
  }

  /// The moment most like one end of `lead`, and by how much the end lies higher.
  private func likeMoment(
    _ lead: SampledLead, _ rhythm: SampledLead, isStart: Bool
  ) -> (moment: LikeMoment, offset: Float)? {
    let (count, length, context) = (
      lead.millivolts.count, samples(parameters.end), samples(parameters.context)
    )
    guard count > 4 * (length + context) else { return nil }
    let beside =
      isStart ? length..<(length + context) : (count - length - context)..<(count - length)
    let beyond = samples(parameters.beyond)
    let wide = isStart ? -beyond..<beside.upperBound : beside.lowerBound..<(count + beyond)
    // Where the strip ends, too, what there is of it must do.
    let seen = wide.filter { rhythm.value(lead.firstSample + $0) != nil }
    guard seen.count >= length + context / 2 else { return nil }
    // The other end of the lead is no better known than this one.
    let shifts =
      isStart ? length...(count - 2 * length - context) : (2 * length + context - count)...(-length)
    guard
      let moment = LikeMoment(
        to: .init(strip: seen, lead: beside, seen: 0..<0), of: lead, strip: rhythm, shifts: shifts,
        least: samples(parameters.leastShift))
    else { return nil }
    let stripVariance = LikeMoment.variance(
      seen.compactMap { rhythm.value(lead.firstSample + $0) })
    let leadVariance = LikeMoment.variance(beside.compactMap { lead.millivolts[$0] })
    let near = max(2, samples(parameters.joint))
    let joint = isStart ? beside.prefix(near) : beside.suffix(near)
    guard moment.stripMismatch < parameters.stripShare * stripVariance + parameters.stripFloor,
      moment.leadMismatch < parameters.leadShare * leadVariance + parameters.leadFloor,
      let offset = moment.offset(of: lead, at: joint)
    else { return nil }
    return (moment, offset)
  }
}
