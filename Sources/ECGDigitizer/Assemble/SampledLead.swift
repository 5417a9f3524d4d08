package import ECGCore

/// One trace on the recording's time axis, in millivolts; `nil` where nothing was seen.
package struct SampledLead {
  package var channel: Channel
  package var placement: LeadPlacement
  /// The place of element 0 on the time axis.
  package var firstSample: Int
  package var millivolts: [Float?]
  package var deviations: [Float]

  package init(
    channel: Channel, placement: LeadPlacement, firstSample: Int, millivolts: [Float?],
    deviations: [Float]
  ) {
    self.channel = channel
    self.placement = placement
    self.firstSample = firstSample
    self.millivolts = millivolts
    self.deviations = deviations
  }

  /// The sample at time-axis place `n`.
  func value(_ n: Int) -> Float? {
    let i = n - firstSample
    return millivolts.indices.contains(i) ? millivolts[i] : nil
  }

  /// Adds an error that all samples share, in mV.
  mutating func widen(by common: Float) {
    for k in deviations.indices {
      deviations[k] = (deviations[k] * deviations[k] + common * common).squareRoot()
    }
  }

  /// How many samples were seen or filled.
  var present: Int { millivolts.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

  /// The gap-free pieces.
  var segments: [LeadSegment] {
    var out: [LeadSegment] = []
    var start = 0
    while start < millivolts.count {
      guard millivolts[start] != nil else {
        start += 1
        continue
      }
      var end = start
      while end < millivolts.count, millivolts[end] != nil { end += 1 }
      out.append(
        LeadSegment(
          channel: channel, startSample: firstSample + start,
          millivolts: millivolts[start..<end].compactMap { $0 },
          standardDeviations: Array(deviations[start..<end])))
      start = end
    }
    return out
  }

  /// Runs of absent samples, as indices.
  var gaps: [Range<Int>] {
    var out: [Range<Int>] = []
    for i in millivolts.indices where millivolts[i] == nil {
      if let last = out.last, last.upperBound == i {
        out[out.count - 1] = last.lowerBound..<(i + 1)
      } else {
        out.append(i..<(i + 1))
      }
    }
    return out
  }
}
