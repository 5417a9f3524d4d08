/// Finds heart beats: the places of the QRS complexes' largest deflections in one lead.
///
/// The energy between 8 and 20 Hz is averaged over the length of a QRS complex and over that of
/// a beat; where the first exceeds the second for long enough there is a beat.
///
/// > Source: Elgendi, "Fast QRS Detection with an Optimized Knowledge-Based Method",
/// > doi:10.1371/journal.pone.0073557. Ours differs: a Butterworth band of second order per edge,
/// > run both ways; means end at the ends of the signal; a beat less than 0.25 s after a taller one is
/// > none; peaks are sought in the signal itself around the energy's block.
public struct RPeakDetector: Sendable {
  /// The length of a QRS complex in seconds.
  public var complexSeconds = 0.097
  /// The length of a beat in seconds.
  public var beatSeconds = 0.611
  /// The share of the mean energy that is added to the threshold.
  public var offset = 0.08
  /// The shortest time between two beats in seconds.
  public var refractorySeconds = 0.25

  /// Creates a detector with the published lengths.
  public init() {}

  /// The sample indices of the beats in `samples`, rising.
  ///
  /// - Returns: nothing if the signal is shorter than half a second or flat.
  public func peaks(in samples: [Double], samplingFrequency: Double) -> [Int] {
    let n = samples.count
    guard Double(n) >= 0.5 * samplingFrequency, samplingFrequency >= 50 else { return [] }
    let band = [
      Biquad.highPass(cutoff: 8, samplingFrequency: samplingFrequency),
      Biquad.lowPass(cutoff: 20, samplingFrequency: samplingFrequency),
    ]
    let filtered = samples.filteredZeroPhase(band, padding: Int(samplingFrequency))
    let energy = filtered.map { $0 * $0 }
    let mean = energy.reduce(0, +) / Double(n)
    guard mean > 1e-9 else { return [] }
    let short = Int((complexSeconds * samplingFrequency).rounded())
    let complexes = RPeakDetector.means(of: energy, over: short)
    let beats = RPeakDetector.means(
      of: energy, over: Int((beatSeconds * samplingFrequency).rounded()))
    var found: [Int] = []
    var start = 0
    while start < n {
      guard complexes[start] > beats[start] + offset * mean else {
        start += 1
        continue
      }
      var end = start
      while end < n, complexes[end] > beats[end] + offset * mean { end += 1 }
      if end - start >= short {
        add(tallest(in: start..<end, of: filtered), to: &found, filtered, samplingFrequency)
      }
      start = end
    }
    let reach = max(1, short / 2)
    return found.map { peak in
      let around = max(0, peak - reach)..<min(n, peak + reach + 1)
      return extremum(in: around, of: samples, like: filtered[peak])
    }
  }

  private func add(
    _ peak: Int, to found: inout [Int], _ signal: [Double], _ samplingFrequency: Double
  ) {
    if let last = found.last, Double(peak - last) < refractorySeconds * samplingFrequency {
      if abs(signal[peak]) > abs(signal[last]) { found[found.count - 1] = peak }
    } else {
      found.append(peak)
    }
  }

  private func tallest(in range: Range<Int>, of signal: [Double]) -> Int {
    range.reduce(range.lowerBound) { abs(signal[$1]) > abs(signal[$0]) ? $1 : $0 }
  }

  private func extremum(in range: Range<Int>, of signal: [Double], like sign: Double) -> Int {
    range.reduce(range.lowerBound) { best, k in
      (sign >= 0 ? signal[k] > signal[best] : signal[k] < signal[best]) ? k : best
    }
  }

  private static func means(of signal: [Double], over width: Int) -> [Double] {
    var sums = [0.0]
    sums.reserveCapacity(signal.count + 1)
    for value in signal { sums.append(sums[sums.count - 1] + value) }
    let half = max(1, width) / 2
    return signal.indices.map { k in
      let (from, to) = (max(0, k - half), min(signal.count, k + half + 1))
      return (sums[to] - sums[from]) / Double(to - from)
    }
  }
}
