/// A moment at which a lead and its rhythm strip looked as they do about a place of the lead that
/// cannot be read: what the lead did then is likely to stand here.
struct LikeMoment {
  /// Samples from the place to it.
  var shift: Int
  /// Mean square by which the strip differs there, and the lead itself, levels taken out, in mV².
  var stripMismatch: Float
  var leadMismatch: Float

  /// What must be alike, in samples of the lead.
  struct Pattern {
    /// Of the rhythm strip.
    var strip: [Int]
    /// Of the lead itself.
    var lead: Range<Int>
    /// What must have been seen of the lead at the other moment.
    var seen: Range<Int>
  }

  /// The most similar of the moments `shifts`, `least` samples or more from the place; `nil` where
  /// the pattern is not seen whole, or at no moment.
  init?(
    to pattern: Pattern, of lead: SampledLead, strip: SampledLead, shifts: ClosedRange<Int>,
    least: Int
  ) {
    let toStrip = lead.firstSample - strip.firstSample
    let stripNow = pattern.strip.compactMap { strip.value(lead.firstSample + $0) }
    let leadNow = pattern.lead.compactMap { lead.millivolts[$0] }
    guard stripNow.count == pattern.strip.count, leadNow.count == pattern.lead.count else {
      return nil
    }
    var best: LikeMoment?
    var lowest = Float.infinity
    for shift in shifts where abs(shift) >= least {
      guard pattern.seen.allSatisfy({ lead.millivolts[$0 + shift] != nil }),
        let ofStrip = LikeMoment.mismatch(
          strip.millivolts, at: pattern.strip, moved: toStrip + shift, from: stripNow),
        ofStrip < lowest,
        let ofLead = LikeMoment.mismatch(
          lead.millivolts, at: pattern.lead, moved: shift, from: leadNow),
        ofStrip + ofLead < lowest
      else { continue }
      lowest = ofStrip + ofLead
      best = LikeMoment(shift: shift, stripMismatch: ofStrip, leadMismatch: ofLead)
    }
    guard let best else { return nil }
    self = best
  }

  private init(shift: Int, stripMismatch: Float, leadMismatch: Float) {
    (self.shift, self.stripMismatch, self.leadMismatch) = (shift, stripMismatch, leadMismatch)
  }

  /// By how much `lead` lies higher at `places` than at the moment, in mV; `nil` where it was not
  /// seen at both.
  func offset(of lead: SampledLead, at places: some Sequence<Int>) -> Float? {
    let differences = places.compactMap { i -> Float? in
      guard let here = lead.value(lead.firstSample + i),
        let then = lead.value(lead.firstSample + i + shift)
      else { return nil }
      return here - then
    }
    return differences.isEmpty ? nil : differences.reduce(0, +) / Float(differences.count)
  }

  /// Mean square difference of `values` at places moved by `distance` from what stands there,
  /// levels taken out; `nil` where one is absent.
  private static func mismatch(
    _ values: [Float?], at places: some Sequence<Int>, moved distance: Int, from now: [Float]
  ) -> Float? {
    guard !now.isEmpty else { return 0 }
    var (sum, squares) = (Float(0), Float(0))
    for (place, value) in zip(places, now) {
      let i = place + distance
      guard i >= 0, i < values.count, let then = values[i] else { return nil }
      let d = then - value
      sum += d
      squares += d * d
    }
    let n = Float(now.count)
    return squares / n - (sum / n) * (sum / n)
  }

  /// The variance of `values`; 0 of none.
  static func variance(_ values: [Float]) -> Float {
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0, +) / Float(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
  }
}
