import ECGSignals

#if canImport(Glibc)
  import Glibc
#endif

/// The further figures of the PhysioNet Challenge 2024, on a pair aligned as it aligns them.
public struct ChallengeFigures: Sendable, Hashable {
  /// The ratio of mean signal power to *median* noise power, in dB, times the share returned.
  public var medianSignalToNoise: Double?
  /// One minus the largest distance between the running sums of absolute values.
  public var kolmogorovSmirnov: Double
  /// The adaptive signed correlation index: samples within 5 % of the standard deviation count 1, others −1.
  public var signedCorrelationIndex: Double
  /// The mean absolute difference, in mV, weighted less where the smoothed label is large.
  public var weightedAbsoluteDifference: Double?

  /// Measures an aligned pair; `nil` if no sample is in both.
  init?(_ lead: PlacedLead) {
    let pairs = zip(lead.truth, lead.prediction).filter { $0.0.isFinite && $0.1.isFinite }
    guard !pairs.isEmpty else { return nil }
    let (x, e) = (pairs.map(\.0), pairs.map(\.1))
    let differences = pairs.map { abs($0.0 - $0.1) }
    let share = Double(pairs.count) / Double(lead.printedCount)
    let noise = median(differences.map { $0 * $0 })
    let power = mean(x.map { $0 * $0 })
    medianSignalToNoise = noise > 0 && power > 0 ? 10 * log10(power / noise) * share : nil
    let (sumX, sumE) = (Self.runningShares(x), Self.runningShares(e))
    kolmogorovSmirnov = 1 - (zip(sumX, sumE).map { abs($0 - $1) }.max() ?? 0)
    let center = mean(x)
    let limit = 0.05 * mean(x.map { ($0 - center) * ($0 - center) }).squareRoot()
    signedCorrelationIndex = mean(differences.map { $0 <= limit ? 1 : -1 })
    let width = Int((0.1 * lead.samplingFrequency).rounded())
    let smooth = x.smoothedZeroPhase(width: width)
    guard let top = smooth.max(), top != 0 else { return }
    let weights = smooth.map { 1 - 0.5 * $0 / top }
    let sum = weights.reduce(0, +)
    weightedAbsoluteDifference = zip(differences, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum
  }

  /// The means over `leads`; `nil` without any.
  init?(_ leads: [ChallengeFigures]) {
    guard !leads.isEmpty else { return nil }
    let ratios = leads.compactMap(\.medianSignalToNoise)
    medianSignalToNoise = ratios.isEmpty ? nil : mean(ratios)
    kolmogorovSmirnov = mean(leads.map(\.kolmogorovSmirnov))
    signedCorrelationIndex = mean(leads.map(\.signedCorrelationIndex))
    let differences = leads.compactMap(\.weightedAbsoluteDifference)
    weightedAbsoluteDifference = differences.isEmpty ? nil : mean(differences)
  }

  private static func runningShares(_ signal: [Double]) -> [Double] {
    var total = 0.0
    let sums = signal.map { value -> Double in
      total += abs(value)
      return total
    }
    return total > 0 ? sums.map { $0 / total } : sums
  }
}
