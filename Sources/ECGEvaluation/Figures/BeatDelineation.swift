import ECGSignals

/// The average beat of one lead, and where its waves begin and end.
///
/// QRS: where the slope first and last exceeds a share of its largest value. T's end and P's
/// start: where the tangent at the wave's steepest flank meets the level beside it.
///
/// > Source: the tangent method of Lepeschkin and Surawicz, doi:10.1161/01.CIR.6.3.378. The same
/// > rules serve truth and prediction, so their difference tells of the signal, not of the rules.
struct BeatDelineation {
  /// Milliseconds from P's start to QRS's start; `nil` without a clear P wave.
  var prMilliseconds: Double?
  /// Milliseconds of the QRS complex.
  var qrsMilliseconds: Double
  /// Milliseconds from QRS's start to T's end; `nil` without a clear T wave.
  var qtMilliseconds: Double?

  private static let before = 0.30
  private static let after = 0.45

  /// Measures the average of the beats at `peaks`; `nil` if fewer than two lie well inside.
  init?(_ signal: [Double], peaks: [Int], samplingFrequency rate: Double) {
    let (left, right) = (Int(Self.before * rate), Int(Self.after * rate))
    let inner = peaks.filter { $0 >= left && $0 + right < signal.count }
    guard inner.count >= 2 else { return nil }
    let beat = (-left...right).map { k in mean(inner.map { signal[$0 + k] }) }
    let slope = beat.indices.map { k in
      beat[min(k + 1, beat.count - 1)] - beat[max(k - 1, 0)]
    }
    let near = (left - Int(0.08 * rate))...(left + Int(0.10 * rate))
    guard let steepest = near.map({ abs(slope[$0]) }).max(), steepest > 0 else { return nil }
    let limit = 0.10 * steepest
    let fast = near.filter { abs(slope[$0]) > limit }
    guard let start = fast.first, let end = fast.last else { return nil }
    let milliseconds = 1000 / rate
    qrsMilliseconds = Double(end - start) * milliseconds
    let swing = (near.map { beat[$0] }.max() ?? 0) - (near.map { beat[$0] }.min() ?? 0)
    let rest = (end + Int(0.06 * rate))..<(beat.count - 1)
    if let stop = Self.tangentEnd(beat, slope, in: rest, least: 0.05 * swing) {
      qtMilliseconds = (stop - Double(start)) * milliseconds
    }
    let lead = Int(0.02 * rate)..<max(Int(0.02 * rate) + 1, start - Int(0.03 * rate))
    let mirrored = Array(beat.reversed())
    let mirroredSlope = Array(slope.reversed().map { -$0 })
    let n = beat.count
    let range = (n - lead.upperBound)..<(n - lead.lowerBound)
    if let begin = Self.tangentEnd(mirrored, mirroredSlope, in: range, least: 0.03 * swing) {
      prMilliseconds = (Double(start) - (Double(n - 1) - begin)) * milliseconds
    }
  }

  /// Where the wave in `range` ends on its far side, as an index; `nil` if it is lower than `least`.
  private static func tangentEnd(
    _ beat: [Double], _ slope: [Double], in range: Range<Int>, least: Double
  ) -> Double? {
    guard range.count > 10, range.lowerBound >= 0, range.upperBound <= beat.count else {
      return nil
    }
    let level = median(Array(beat[range].suffix(range.count / 5)))
    guard let top = range.max(by: { abs(beat[$0] - level) < abs(beat[$1] - level) }),
      abs(beat[top] - level) > least
    else { return nil }
    let sign = beat[top] > level ? -1.0 : 1.0
    let flank = (top..<range.upperBound).max { sign * slope[$0] < sign * slope[$1] }
    guard let flank, sign * slope[flank] > 0 else { return nil }
    // The slope is taken over two samples.
    let end = Double(flank) + (level - beat[flank]) / (slope[flank] / 2)
    return end < Double(beat.count) + 20 ? end : nil
  }
}
