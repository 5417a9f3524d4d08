/// Levenberg–Marquardt on the knots of one curve, with the shares of its columns kept up to date.
///
/// Only columns whose knots have moved by more than ``tolerance`` since they were last computed
/// are computed again: most of a trace is at rest after three steps.
///
/// > Source: Levenberg, doi:10.1090/qam/10666; Marquardt, doi:10.1137/0111030.
struct StrokeDescent {
  private(set) var y: [Double]
  private(set) var columns: StrokeColumns
  private var trial: StrokeColumns
  /// How far the knots of each column have moved since it was computed, in pixels.
  private var drifts: [Double]
  /// Weight of a squared second difference between knots, 1 / τ².
  let prior: Double
  /// How far knots may move before a column is computed again, in pixels.
  var tolerance = 0.004
  /// Where each knot is expected, and how much that weighs; empty if nothing is known.
  private let anchors: [StrokeAnchor]
  private var lambda = 1e-3

  /// Prepares a descent from the knots `y`.
  init(
    _ pixels: StrokePixels, _ settings: StrokeColumns.Settings, from y: [Double], prior: Double,
    anchors: [StrokeAnchor] = []
  ) {
    precondition(anchors.isEmpty || anchors.count == y.count, "One anchor per knot, or none")
    self.anchors = anchors
    self.y = y
    self.prior = prior
    columns = StrokeColumns(pixels, settings)
    drifts = [Double](repeating: 0, count: pixels.columnCount)
    columns.update(Array(0..<pixels.columnCount), y)
    trial = columns
  }

  /// Takes up to `steps` steps, each at most `stepLimit` pixels per knot.
  mutating func descend(steps: Int, stepLimit: Double, gain leastGain: Double = 1e-4) {
    var cost = cost(columns, y)
    var system = BandedSystem(count: y.count, halfBandwidth: bandwidth)
    var gradient = assemble(into: &system)
    var taken = 0
    var attempts = 0
    while taken < steps && attempts < steps + 8 {
      attempts += 1
      var damped = system
      let w = damped.halfBandwidth + 1
      for i in 0..<damped.count { damped.upper[i * w] = damped.upper[i * w] * (1 + lambda) + 1e-6 }
      guard damped.factor() else {
        lambda = lambda * 8 + 1e-3
        continue
      }
      let moves = damped.solve(gradient).map { min(max($0, -stepLimit), stepLimit) }
      guard moves.allSatisfy(\.isFinite) else { return }
      let next = zip(y, moves).map { $0 - $1 }
      let drifted = driftsAfter(moves)
      let changed = drifted.indices.filter { drifted[$0] > tolerance }
      trial.update(changed, next)
      let nextCost = costAfter(changed, next)
      if nextCost < cost {
        let gain = (cost - nextCost) / max(cost, 1e-9)
        columns.adopt(changed, from: trial)
        drifts = drifted
        for c in changed { drifts[c] = 0 }
        (y, cost) = (next, nextCost)
        lambda = max(lambda / 5, 1e-9)
        taken += 1
        if gain < leastGain { return }
        if taken < steps { gradient = assemble(into: &system) }
      } else {
        lambda = lambda * 8 + 1e-3
        if lambda > 1e6 { return }
      }
    }
  }

  /// The variance of each knot from the curvature of the objective, or `nil` if it has none.
  func variances() -> [Double]? {
    var system = BandedSystem(count: y.count, halfBandwidth: bandwidth)
    _ = assemble(into: &system)
    guard system.factor() else { return nil }
    return system.inverseDiagonal()
  }

  private var bandwidth: Int { max(min(columns.span - 1, y.count - 1), 2) }

  /// Per column: the drift if the knots move by `moves`.
  private func driftsAfter(_ moves: [Double]) -> [Double] {
    let (first, span) = (columns.firstKnot, columns.span)
    return drifts.indices.map { c in
      var most = 0.0
      for k in max(2 * c + first, 0)..<max(min(2 * c + first + span, moves.count), 0) {
        most = max(most, abs(moves[k]))
      }
      return drifts[c] + most
    }
  }

  private func cost(_ columns: StrokeColumns, _ y: [Double]) -> Double {
    columns.costs.reduce(0) { $0 + Double($1) } + bendCost(y)
  }

  private func costAfter(_ changed: [Int], _ y: [Double]) -> Double {
    var sum = columns.costs.reduce(0) { $0 + Double($1) }
    for c in changed { sum += Double(trial.costs[c]) - Double(columns.costs[c]) }
    return sum + bendCost(y)
  }

  private func bendCost(_ y: [Double]) -> Double {
    var sum = 0.0
    for i in 1..<(y.count - 1) {
      let bend = y[i - 1] - 2 * y[i] + y[i + 1]
      sum += bend * bend
    }
    var strain = 0.0
    for (i, anchor) in anchors.enumerated() {
      strain += anchor.weight * (y[i] - anchor.y) * (y[i] - anchor.y)
    }
    return 0.5 * (sum * prior + strain)
  }

  /// Sums the columns' shares and the prior.
  private func assemble(into system: inout BandedSystem) -> [Double] {
    let (n, w, prior) = (y.count, system.halfBandwidth + 1, prior)
    let (first, span) = (columns.firstKnot, columns.span)
    var gradient = [Double](repeating: 0, count: n)
    gradient.withUnsafeMutableBufferPointer { g in
      system.upper.withUnsafeMutableBufferPointer { h in
        for i in h.indices { h[i] = 0 }
        for i in 1..<(n - 1) {
          let pull = prior * (y[i - 1] - 2 * y[i] + y[i + 1])
          g[i - 1] += pull
          g[i] -= 2 * pull
          g[i + 1] += pull
          h[(i - 1) * w] += prior
          h[(i - 1) * w + 1] -= 2 * prior
          h[(i - 1) * w + 2] += prior
          h[i * w] += 4 * prior
          h[i * w + 1] -= 2 * prior
          h[(i + 1) * w] += prior
        }
        for (i, anchor) in anchors.enumerated() {
          g[i] += anchor.weight * (y[i] - anchor.y)
          h[i * w] += anchor.weight
        }
        columns.gradients.withUnsafeBufferPointer { gradients in
          columns.curvatures.withUnsafeBufferPointer { curvatures in
            for c in 0..<columns.pixels.columnCount where columns.pixels.counts[c] > 0 {
              let base = 2 * c + first
              for i in max(0, -base)..<max(min(span, n - base), max(0, -base)) {
                g[base + i] += Double(gradients[c * span + i])
                let (source, target) = ((c * span + i) * span, (base + i) * w - i)
                for m in i..<min(span, n - base) {
                  h[target + m] += Double(curvatures[source + m])
                }
              }
            }
          }
        }
      }
    }
    return gradient
  }
}

/// Where a knot is expected before pixels are looked at.
struct StrokeAnchor {
  /// The page row.
  var y: Double
  /// One over the variance of ``y``.
  var weight: Double
}
