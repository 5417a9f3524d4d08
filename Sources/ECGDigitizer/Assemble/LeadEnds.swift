import ECGCore

/// The first and last moments of a lead, where bars, names, pulses and the next lead's QRS are
/// printed over it.
///
/// The rhythm strip shows the same moment unhidden, and the lead itself shows like moments: where
/// strip and lead were alike before, just beside the end, the end was alike, too. What was traced
/// instead and is far from that is ink of something else.
///
/// > Source: our own measurements (`Docs/Accuracy.md`): of 14 ends so found on 57 pages 12 are
/// > nearer to the truth afterwards, some by 9 dB of the page.
package struct LeadEnds {
  /// Samples per second.
  var samplingFrequency: Double
  /// What may be mended at either end, in seconds: half a bar and a stroke.
  var endSeconds = 0.035
  /// What must be alike beside it, in the lead and, there and beyond the end, in the strip.
  var contextSeconds = 0.08
  var beyondSeconds = 0.06
  /// Moments nearer than this are the same beat.
  var leastShiftSeconds = 0.25
  /// The least that a traced end must be off, in mV, and in mismatches of the lead beside it.
  var leastMillivolts: Float = 0.25
  var leastMismatches: Float = 5
  /// How exactly a like moment tells the time, in seconds.
  var playSeconds = 0.006
  /// The largest mismatch of strip and lead, as parts of their variance, and in mV² beyond that.
  var stripShare: Float = 0.1
  var leadShare: Float = 0.15
  var stripFloor: Float = 0.0004
  var leadFloor: Float = 0.003

  package init(samplingFrequency: Double) { self.samplingFrequency = samplingFrequency }

  /// Mends both ends of `lead`; `rhythm` is a strip that covers its time.
  package func mend(_ lead: inout SampledLead, rhythm: SampledLead) {
    let traced = lead
    for isStart in [true, false] {
      guard let moment = likeMoment(traced, rhythm, isStart: isStart) else { continue }
      let end = self.end(of: traced, isStart: isStart)
      let then = end.compactMap { traced.millivolts[$0 + moment.shift] }
      let now = end.compactMap { traced.millivolts[$0] }
      guard then.count == end.count, now.count == end.count else { continue }
      // Beats are alike, but not to the millisecond.
      let play = samples(playSeconds)
      let distances = (-play...play).compactMap { late -> Float? in
        let then = end.compactMap { traced.value(traced.firstSample + $0 + moment.shift + late) }
        guard then.count == now.count else { return nil }
        return zip(then, now).map { abs($0 + moment.offset - $1) }.max()
      }
      guard let distance = distances.min(),
        distance > max(leastMillivolts, leastMismatches * moment.mismatch)
      else { continue }
      for (i, value) in zip(end, then) {
        lead.millivolts[i] = value + moment.offset
        // Not seen, and against what was.
        lead.deviations[i] = 0.05 + 0.15 * distance
      }
    }
  }

  /// A moment of a lead that is like its end.
  private struct Moment {
    /// Samples from the end to it.
    var shift: Int
    /// By how much the end lies higher, in mV.
    var offset: Float
    /// Root mean square by which the lead differs beside them, in mV.
    var mismatch: Float
  }

  private func samples(_ seconds: Double) -> Int { Int((seconds * samplingFrequency).rounded()) }

  private func end(of lead: SampledLead, isStart: Bool) -> Range<Int> {
    let (count, length) = (lead.millivolts.count, samples(endSeconds))
    return isStart ? 0..<min(length, count) : max(0, count - length)..<count
  }

  private func likeMoment(
    _ lead: SampledLead, _ rhythm: SampledLead, isStart: Bool
  ) -> Moment? {
    let (count, length, context) = (
      lead.millivolts.count, samples(endSeconds), samples(contextSeconds)
    )
    guard count > 4 * (length + context) else { return nil }
    let beside =
      isStart ? length..<(length + context) : (count - length - context)..<(count - length)
    let wide =
      isStart
      ? -samples(beyondSeconds)..<beside.upperBound
      : beside.lowerBound..<(count + samples(beyondSeconds))
    // Where the strip ends, too, what there is of it must do.
    let seen = wide.filter { rhythm.value(lead.firstSample + $0) != nil }
    let here = seen.compactMap { rhythm.value(lead.firstSample + $0) }
    let own = beside.compactMap { lead.millivolts[$0] }
    guard seen.count >= length + context / 2, own.count == beside.count else { return nil }
    let end = self.end(of: lead, isStart: isStart)
    let (first, last) = (
      min(end.lowerBound, beside.lowerBound), max(end.upperBound, beside.upperBound)
    )
    var best: (shift: Int, sum: Float, strip: Float, own: Float)?
    // The other end of the lead is no better known than this one.
    let shifts = (length - first)...(count - length - last)
    for shift in shifts where abs(shift) >= samples(leastShiftSeconds) {
      let there = seen.compactMap { rhythm.value(lead.firstSample + $0 + shift) }
      guard there.count == seen.count else { continue }
      let strip = LeadEnds.mismatch(here, there)
      guard strip < best?.sum ?? .infinity else { continue }
      let then = beside.compactMap { lead.millivolts[$0 + shift] }
      guard then.count == own.count else { continue }
      let sum = strip + LeadEnds.mismatch(own, then)
      if sum < best?.sum ?? .infinity { best = (shift, sum, strip, sum - strip) }
    }
    guard let best, best.strip < stripShare * LeadEnds.variance(here) + stripFloor,
      best.own < leadShare * LeadEnds.variance(own) + leadFloor
    else { return nil }
    let near = max(2, samples(0.008))
    let joint = isStart ? beside.prefix(near) : beside.suffix(near)
    let differences = joint.compactMap { k -> Float? in
      guard let now = lead.millivolts[k], let then = lead.millivolts[k + best.shift] else {
        return nil
      }
      return now - then
    }
    guard !differences.isEmpty else { return nil }
    return Moment(
      shift: best.shift, offset: differences.reduce(0, +) / Float(differences.count),
      mismatch: best.own.squareRoot())
  }

  /// Mean square difference of two pieces, levels taken out.
  private static func mismatch(_ a: [Float], _ b: [Float]) -> Float {
    variance(zip(a, b).map { $0 - $1 })
  }

  private static func variance(_ values: [Float]) -> Float {
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0, +) / Float(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
  }
}
