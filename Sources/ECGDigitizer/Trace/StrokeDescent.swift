import ECGImaging
import ECGNumerics

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
  let tolerance: Double
  /// Where each knot is expected, and how much that weighs; empty if nothing is known.
  private let anchors: [StrokeAnchor]
  /// A stretch that gained less than this part of its cost in a step is at rest.
  let restGain: Double
  private var blocks: StrokeBlocks
  private let workers: Workers

  /// Prepares a descent from the knots `y`.
  init(
    _ pixels: StrokePixels, _ settings: StrokeColumns.Settings, from y: [Double], prior: Double,
    anchors: [StrokeAnchor], damping: Double, tolerance: Double, restGain: Double,
    workers: Workers
  ) {
    (self.tolerance, self.restGain, self.workers) = (tolerance, restGain, workers)
    precondition(anchors.isEmpty || anchors.count == y.count, "One anchor per knot, or none")
    self.anchors = anchors
    self.y = y
    self.prior = prior
    columns = StrokeColumns(pixels, settings)
    blocks = StrokeBlocks(knots: y.count, damping: damping)
    drifts = [Double](repeating: 0, count: pixels.columnCount)
    columns.update(Array(0..<pixels.columnCount), y)
    trial = columns
  }

  /// Takes up to `steps` steps, each at most `stepLimit` pixels per knot.
  ///
  /// A step is judged block by block: where it makes things worse it is not taken and the next one
  /// is damped more, the rest of the curve goes on. One tall beat does not hold up the others.
  mutating func descend(steps: Int, stepLimit: Double, gain leastGain: Double) {
    var cost = blockCosts(y, changed: [])
    var system = BandedSystem(count: y.count, halfBandwidth: bandwidth)
    var gradient = assemble(into: &system)
    for _ in 0..<steps where !workers.isCancelled {
      var damped = system
      blocks.damp(&damped, &gradient)
      guard damped.factor() else {
        blocks.dampMore()
        continue
      }
      let moves = damped.solve(gradient).map { min(max($0, -stepLimit), stepLimit) }
      guard moves.allSatisfy(\.isFinite) else { return }
      var step = trialStep(to: zip(y, moves).map { $0 - $1 })
      let isWorse = blocks.judge(cost, step.cost, restGain: restGain)
      let isMixed = isWorse.contains(true)
      if isMixed {
        guard isWorse.contains(false) else { continue }
        step = partOf(step, without: isWorse)
      }
      let (before, after) = (cost.reduce(0, +), step.cost.reduce(0, +))
      guard after < before else {
        blocks.dampMore()
        continue
      }
      columns.adopt(step.changed, from: trial)
      drifts = step.drifts
      for c in step.changed { drifts[c] = 0 }
      (y, cost) = (step.y, step.cost)
      if !blocks.isAtRest.contains(false) { return }
      if before - after < leastGain * before && !isMixed { return }
      gradient = assemble(into: &system)
    }
  }

  /// Where a step would lead.
  private struct Step {
    var y: [Double]
    var drifts: [Double]
    /// The columns that have to be computed anew; ``trial`` holds them.
    var changed: [Int]
    /// The objective, by blocks.
    var cost: [Double]
  }

  private mutating func trialStep(to next: [Double]) -> Step {
    let drifted = driftsAfter(next)
    let changed = drifted.indices.filter { drifted[$0] > tolerance }
    trial.update(changed, next)
    return Step(
      y: next, drifts: drifted, changed: changed, cost: blockCosts(next, changed: changed))
  }

  /// The step, but not in the blocks that it makes worse.
  private mutating func partOf(_ step: Step, without isWorse: [Bool]) -> Step {
    var next = step.y
    for i in next.indices where isWorse[i / StrokeBlocks.size] { next[i] = y[i] }
    let drifted = driftsAfter(next)
    let changed = step.changed.filter { drifted[$0] > tolerance }
    // Columns that see both kinds of block were computed for another curve.
    let mixed = changed.filter { c in
      let knots = knots(of: c)
      return isWorse[
        (knots.lowerBound / StrokeBlocks.size)...((knots.upperBound - 1) / StrokeBlocks.size)
      ]
      .contains(true)
    }
    trial.update(mixed, next)
    return Step(
      y: next, drifts: drifted, changed: changed, cost: blockCosts(next, changed: changed))
  }

  /// The objective of the curve as it is.
  var cost: Double { blockCosts(y, changed: []).reduce(0, +) }

  /// The variance of each knot from the curvature of the objective, or `nil` if it has none.
  func variances() -> [Double]? {
    var system = BandedSystem(count: y.count, halfBandwidth: bandwidth)
    _ = assemble(into: &system)
    guard system.factor() else { return nil }
    return system.inverseDiagonal()
  }

  private var bandwidth: Int { max(min(columns.span - 1, y.count - 1), 2) }

  /// The knots that column `c` sees.
  @inline(__always)
  private func knots(of c: Int) -> Range<Int> {
    let start = columns.settings.perPixel &* c &+ columns.firstKnot
    let first = max(start, 0)
    return first..<max(min(start &+ columns.span, y.count), first &+ 1)
  }

  /// Per column: the drift if the knots move to `next`.
  private func driftsAfter(_ next: [Double]) -> [Double] {
    y.withUnsafeBufferPointer { y in
      next.withUnsafeBufferPointer { next in
        drifts.indices.map { c in
          var most = 0.0
          for k in knots(of: c) { most = max(most, abs(next[k] - y[k])) }
          return drifts[c] + most
        }
      }
    }
  }

  /// The objective of curve `y` by blocks: what its columns cost, `changed` ones by ``trial``, and
  /// what bends and strays from anchors.
  private func blockCosts(_ y: [Double], changed: [Int]) -> [Double] {
    let (size, perPixel) = (StrokeBlocks.size, columns.settings.perPixel)
    var costs = [Double](repeating: 0, count: blocks.count)
    for i in 1..<(y.count - 1) {
      let bend = y[i - 1] - 2 * y[i] + y[i + 1]
      costs[i / size] += 0.5 * prior * bend * bend
    }
    for (i, anchor) in anchors.enumerated() {
      costs[i / size] += 0.5 * anchor.weight * (y[i] - anchor.y) * (y[i] - anchor.y)
    }
    for c in columns.costs.indices { costs[perPixel * c / size] += Double(columns.costs[c]) }
    for c in changed {
      costs[perPixel * c / size] += Double(trial.costs[c]) - Double(columns.costs[c])
    }
    return costs
  }

  /// Sums the columns' shares and the prior.
  private func assemble(into system: inout BandedSystem) -> [Double] {
    let (n, w, prior) = (y.count, system.halfBandwidth + 1, prior)
    let (first, span, perPixel) = (columns.firstKnot, columns.span, columns.settings.perPixel)
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
          columns.curvatures.withUnsafeBufferPointer { vectors in
            let curvatures = UnsafeRawBufferPointer(vectors).assumingMemoryBound(to: Float.self)
            for c in 0..<columns.pixels.columnCount where columns.pixels.counts[c] > 0 {
              let base = perPixel * c + first
              for i in max(0, -base)..<max(min(span, n - base), max(0, -base)) {
                g[base + i] += Double(gradients[c * span + i])
                let (source, target) = ((c * span + i) * 4 * columns.lanes, (base + i) * w - i)
                for m in i..<min(span, n - base) {
                  h[target &+ m] += Double(curvatures[source &+ m])
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
