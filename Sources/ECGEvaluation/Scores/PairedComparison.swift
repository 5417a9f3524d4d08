public import ECGFormats

#if canImport(Glibc)
  import Glibc
#endif

/// Two runs over the same pages: is one better than chance would make it?
///
/// > Source: Wilcoxon's signed-rank test, doi:10.2307/3001968, with mean ranks for ties and the
/// > normal approximation with continuity correction (exact for no page, close from about ten).
public struct PairedComparison: Sendable, Hashable {
  /// Pages that both runs score.
  public var pages: Int
  /// Pages on which the first run is better.
  public var better: Int
  /// Pages on which the first run is worse.
  public var worse: Int
  /// The median of first minus second, in dB.
  public var medianDifference: Double
  /// The chance of a difference at least this clear if there is none; `nil` if no page differs.
  public var probability: Double?
  /// The largest losses and gains, as page and difference in dB, largest first.
  public var extremes: [PageDifference]

  /// A page and how much better the first run is on it.
  public struct PageDifference: Sendable, Hashable {
    /// The page.
    public var id: String
    /// First minus second, in dB.
    public var decibels: Double
  }

  /// Compares two runs by the pages that both hold.
  public init(_ first: Evaluation, _ second: Evaluation) {
    let others = Dictionary(
      second.pages.map { ($0.key, $0.decibels) }, uniquingKeysWith: { a, _ in a })
    let differences = first.pages.compactMap { page in
      others[page.key].map { PageDifference(id: page.key, decibels: page.decibels - $0) }
    }.filter { !$0.decibels.isNaN }
    pages = differences.count
    better = differences.count { $0.decibels > 0 }
    worse = differences.count { $0.decibels < 0 }
    medianDifference = median(differences.map(\.decibels))
    probability = Self.signedRankProbability(differences.map(\.decibels))
    extremes = Array(
      differences.sorted { abs($0.decibels) > abs($1.decibels) }.prefix(10))
  }

  /// The two-sided probability of Wilcoxon's signed-rank test.
  package static func signedRankProbability(_ differences: [Double]) -> Double? {
    let sorted = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    guard !sorted.isEmpty else { return nil }
    var (sum, ties, start) = (0.0, 0.0, 0)
    while start < sorted.count {
      var end = start
      while end < sorted.count, abs(sorted[end]) == abs(sorted[start]) { end += 1 }
      let rank = Double(start + end + 1) / 2
      sum += rank * Double(sorted[start..<end].count { $0 > 0 })
      let count = Double(end - start)
      ties += count * count * count - count
      start = end
    }
    let n = Double(sorted.count)
    let expected = n * (n + 1) / 4
    let variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
    guard variance > 0 else { return 1 }
    let z = max(0, abs(sum - expected) - 0.5) / variance.squareRoot()
    return erfc(z / 2.0.squareRoot())
  }

  /// The comparison in one line.
  public var text: String {
    let chance = probability.map { Evaluation.text($0, 4) } ?? "1"
    return "compared with the other run: \(better) pages better, \(worse) worse of \(pages); "
      + "median difference \(Evaluation.text(medianDifference)) dB; p = \(chance) (signed ranks)\n"
  }

  /// The comparison for machines.
  public var json: JSONValue {
    [
      "pages": .number(Double(pages)), "better": .number(Double(better)),
      "worse": .number(Double(worse)), "median_difference_db": .figure(medianDifference),
      "p_signed_rank": .figure(probability),
      "extremes": .array(
        extremes.map { ["id": .string($0.id), "difference_db": .figure($0.decibels)] }),
    ]
  }
}
