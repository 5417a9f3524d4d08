package import ECGCore

/// What a page shows: every lead within its printed window, on an even time axis.
package struct TruthSignals: Sendable {
  /// Samples per second.
  package let samplingFrequency: Double
  /// The page time of sample 0.
  package let startSeconds: Double
  /// Millivolts per lead over the whole axis; NaN outside the printed window.
  package let leads: [Lead: [Double]]
  /// The samples from the first to the last one printed, per lead.
  package let windows: [Lead: Range<Int>]

  /// Takes `table` as truth, at its own rate.
  ///
  /// - Parameter samplingFrequency: the exact rate where times are rounded; `nil` to take the rate of
  ///   the times, as a whole number where they allow it.
  /// - Throws: `PageError.invalidRecord` if its times are not even or no lead holds a sample.
  package init(_ table: SignalTable, samplingFrequency: Double? = nil) throws(PageError) {
    let n = table.times.count
    let span = table.times[n - 1] - table.times[0]
    let measured = Double(n - 1) / span
    let isWhole = abs(measured - measured.rounded()) < 0.5 / span && measured >= 1
    let rate = samplingFrequency ?? (isWhole ? measured.rounded() : measured)
    guard abs(Double(n - 1) / rate - span) < 0.6 / rate else {
      throw SignalTable.invalid("The truth's times do not agree with a rate of \(rate) Hz.")
    }
    var leads: [Lead: [Double]] = [:]
    var windows: [Lead: Range<Int>] = [:]
    for (lead, values) in table.leads {
      guard let first = values.firstIndex(where: \.isFinite),
        let last = values.lastIndex(where: \.isFinite)
      else { continue }
      leads[lead] = values
      windows[lead] = first..<(last + 1)
    }
    guard !leads.isEmpty else { throw SignalTable.invalid("The truth holds no sample.") }
    self.samplingFrequency = rate
    startSeconds = table.times[0]
    (self.leads, self.windows) = (leads, windows)
  }

  /// The leads that are printed, in the usual order.
  package var printedLeads: [Lead] { Lead.standard12.filter { windows[$0] != nil } }

  /// The page time of sample `k`.
  package func seconds(_ k: Int) -> Double { startSeconds + Double(k) / samplingFrequency }
}
