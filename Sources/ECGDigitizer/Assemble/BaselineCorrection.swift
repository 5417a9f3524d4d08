import ECGCore

/// How far the level that was taken for each row's 0 mV is off, from the relations between limb
/// leads.
///
/// A pulse's foot, or the level where most of a row's ink is, tells 0 mV to a tenth or two of a
/// millimetre. Limb leads of one moment are linear in two voltages (``LeadRelation``); three or more
/// of them, strips among them, leave no room for baselines that are off in most ways. The two mean
/// voltages of each column and the error of every row are the unknowns of a Gaussian model; each
/// lead's mean is one measurement, taken in turn; one that contradicts what is known is left out.
///
/// > Source: Kalman, doi:10.1115/1.3662552 (sequential least squares); Einthoven, Fahr, de Waart,
/// > doi:10.1007/BF01697562; our own measurements (`Docs/Accuracy.md`).
package struct BaselineCorrection {
  /// Per row: the error of its baseline in mm, positive where signals came out too high.
  package var errors: [Double] { Array(state[rows]) }
  /// What remains unknown of it: a standard deviation, in mm; larger where leads contradict each
  /// other, smaller where they agree better than expected.
  package var deviations: [Double] {
    // As if two more had agreed as expected.
    let prior = parameters.priorChecks
    let strain = ((prior + squares) / (prior + Double(checks))).squareRoot()
    return rows.map { strain * covariance[$0][$0].squareRoot() }
  }

  private let parameters: AssembleParameters.Baselines
  private let rows: Range<Int>
  private var state: [Double]
  private var covariance: [[Double]]
  /// How many measurements could be checked against others, and the sum of their squared misses in
  /// variances.
  private var checks = 0
  private var squares = 0.0

  /// Weighs `leads`, not yet widened.
  ///
  /// - Parameters:
  ///   - prior: for every row the standard deviation of its baseline, in mm.
  ///   - millimetersPerMillivolt: the gain of limb leads.
  package init(
    _ leads: [SampledLead], prior: [Double], millimetersPerMillivolt gain: Double,
    parameters: AssembleParameters.Baselines = AssembleParameters().baselines
  ) {
    self.parameters = parameters
    rows = 0..<prior.count
    let limbs = leads.filter {
      if case .lead(let lead) = $0.channel { LeadRelation.parts(of: lead) != nil } else { false }
    }
    let columns = Set(limbs.filter { !$0.placement.isRhythm }.map(\.placement.column)).sorted()
    let count = prior.count + 2 * columns.count
    state = [Double](repeating: 0, count: count)
    covariance = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    // Of the voltages nothing is known.
    for i in 0..<count {
      covariance[i][i] = i < prior.count ? prior[i] * prior[i] : parameters.unknown
    }
    for (k, column) in columns.enumerated() {
      let members = limbs.filter { $0.placement.isRhythm || $0.placement.column == column }
      guard members.count >= 3, let means = means(members) else { continue }
      for (member, mean) in zip(members, means) {
        guard case .lead(let lead) = member.channel, let part = LeadRelation.parts(of: lead),
          rows.contains(member.placement.row)
        else { continue }
        var parts = [Double](repeating: 0, count: count)
        parts[member.placement.row] = member.placement.isInverted ? -1 : 1
        parts[prior.count + 2 * k] = Double(part.i)
        parts[prior.count + 2 * k + 1] = Double(part.ii)
        measure(Double(mean) * gain, parts)
      }
    }
  }

  /// Takes in that the sum of `parts` times the unknowns is `value`.
  private mutating func measure(_ value: Double, _ parts: [Double]) {
    let spread = covariance.map { row in zip(row, parts).reduce(0) { $0 + $1.0 * $1.1 } }
    let noise = parameters.relation * parameters.relation
    let variance = zip(spread, parts).reduce(noise) { $0 + $1.0 * $1.1 }
    let miss = value - zip(state, parts).reduce(0) { $0 + $1.0 * $1.1 }
    if variance < 1 {
      checks += 1
      squares += min(miss * miss / variance, parameters.gate * parameters.gate)
    }
    guard abs(miss) < parameters.gate * variance.squareRoot() else { return }
    for i in state.indices {
      state[i] += spread[i] * miss / variance
      for j in state.indices { covariance[i][j] -= spread[i] * spread[j] / variance }
    }
  }

  /// The mean of each of `leads` over the samples at which all are seen and level: complexes, where
  /// a millisecond counts, are left out. `nil` where those are few.
  private func means(_ leads: [SampledLead]) -> [Float]? {
    let first = leads.map(\.firstSample).max() ?? 0
    let last = leads.map { $0.firstSample + $0.millivolts.count }.min() ?? 0
    let moments = (first..<max(first, last)).compactMap { n -> (worst: Float, values: [Float])? in
      let values = leads.compactMap { $0.value(n) }
      guard values.count == leads.count else { return nil }
      return (leads.map { $0.deviations[n - $0.firstSample] }.max() ?? 0, values)
    }
    guard moments.count > parameters.leastMoments else { return nil }
    let limit = moments.map(\.worst).sorted()[moments.count * parameters.levelTenths / 10]
    let level = moments.filter { $0.worst <= limit }
    return leads.indices.map { k in
      level.reduce(0) { $0 + $1.values[k] } / Float(level.count)
    }
  }
}
