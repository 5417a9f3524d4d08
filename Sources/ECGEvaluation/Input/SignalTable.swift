package import ECGCore

/// The signals of one page as they were handed in: any rate, any times, any of the twelve leads.
///
/// Kept apart from ``ECGCore/Recording`` because predictions may be sampled irregularly and a
/// score must not be bettered by reading them kindly. Inside this module an absent sample is NaN.
package struct SignalTable: Sendable {
  /// Seconds of page time, rising.
  package var times: [Double]
  /// Millivolts per lead, as long as ``times``; NaN where absent.
  package var leads: [Lead: [Double]]
  /// Samples per second: one over the median step.
  package let samplingFrequency: Double

  /// Creates a table; times are sorted and those that occur twice dropped.
  ///
  /// - Throws: `PageError.invalidRecord` if fewer than two times are left.
  package init(times: [Double], leads: [Lead: [Double]]) throws(PageError) {
    var (times, leads) = (times, leads.mapValues { $0.map { $0.isFinite ? $0 : .nan } })
    let isClean =
      times.allSatisfy(\.isFinite) && zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
    if !isClean {
      let finite = times.indices.filter { times[$0].isFinite }
      let sorted = finite.sorted { (times[$0], $0) < (times[$1], $1) }
      var kept: [Int] = []
      for k in sorted where kept.isEmpty || times[k] > times[kept[kept.count - 1]] {
        kept.append(k)
      }
      times = kept.map { times[$0] }
      leads = leads.mapValues { values in kept.map { values[$0] } }
    }
    guard times.count >= 2 else {
      throw PageError(
        .invalidRecord, "The table has fewer than two rows with a time.",
        remedy: "A table needs the columns time_s and one per lead, in millivolts.")
    }
    (self.times, self.leads) = (times, leads)
    samplingFrequency = 1 / median(zip(times, times.dropFirst()).map { $1 - $0 })
  }

  /// Whether any lead holds a sample.
  package var hasSamples: Bool {
    leads.values.contains { $0.contains(where: \.isFinite) }
  }

  /// What the values would have to mean if they were millivolts, in words, where no ECG could; `nil`
  /// if they may be millivolts.
  ///
  /// Real recordings hold artefacts near 30 mV, so only a typical lead that spans 50 mV is doubted.
  package var doubtfulUnits: String? {
    let spans = leads.values.compactMap { values -> Double? in
      let finite = values.filter(\.isFinite)
      guard let low = finite.min(), let high = finite.max() else { return nil }
      return high - low
    }
    let typical = median(spans)
    guard typical > 50 else { return nil }
    return "a typical lead spans \(Evaluation.text(typical, 0)) mV: microvolts, not millivolts?"
  }
}

extension SignalTable {
  /// A table of what `recording` holds; rows without a name are left out.
  package init(_ recording: Recording) throws(PageError) {
    var leads: [Lead: [Double]] = [:]
    for channel in recording.channels {
      guard case .lead(let lead) = channel, Lead.standard12.contains(lead) else { continue }
      leads[lead] = recording.samples(of: channel).map { $0.map(Double.init) ?? .nan }
    }
    let times = (0..<recording.sampleCount).map { Double($0) / recording.samplingFrequency }
    try self.init(times: times, leads: leads)
  }
}
