package import ECGCore
package import ECGImaging

/// The cheapest way along time through ink, from the left border of a strip to its right one,
/// with forward–backward costs of every pixel.
///
/// A path visits every column and may climb within one. Each column costs what is missing
/// to full ink where the path leaves it, each climbed pixel a little and more over bare
/// paper, and a weak pull draws it to the zero line:
///
///     column   (1 − ink) + pull · |y − baseline|
///     climb    climb + climbBare · (1 − ink)     per pixel
///
/// `through[x, y]` is the cost of the cheapest path that touches (x, y), less that of the
/// best path: 0 on the best path itself (to rounding), vertical stretches included. It is a
/// min-marginal:
/// `exp(−through / temperature)` is the posterior of the path's place in its column.
///
/// > Source: Viterbi, doi:10.1109/TIT.1967.1054010, with costs on both axes as for seams;
/// > forward–backward after Bahl, Cocke, Jelinek, Raviv, doi:10.1109/TIT.1974.1055186,
/// > in the min-sum algebra.
package struct InkPathCosts: Sendable {
  /// What the parts of a path cost. Per column and pixel at 8 px/mm.
  package struct Weights: Codable, Hashable, Sendable {
    /// The cost of a pixel climbed through ink.
    package var climb: Float = 0.01
    /// What is added for a pixel climbed over bare paper: more keeps paths from jumping between
    /// lines, and off steep strokes that are pale.
    package var climbBare: Float = 0.2
    /// The cost of a pixel away from the zero line, per column.
    package var pull: Float = 0.001
    /// Pixels that cost so little more than the best belong to the best path.
    package var slack: Float = 0.01
    /// The cost that makes a place e times less likely.
    package var temperature: Float = 0.35

    package init() {}
  }

  /// The first page row of the strip.
  private let top: Int
  /// The strip's rows.
  package let height: Int
  private let weights: Weights
  /// Cost above the best path's, column by column: element `x · height + y`.
  package let through: [Float]
  /// The cost of the best path.
  package let bestCost: Float

  /// Finds the costs in the strip `columns` × `rows` of `ink`.
  ///
  /// - Parameter baseline: the zero line, a page row per column of the strip.
  package init(
    _ ink: Plane<PageSpace>, columns: Range<Int>, rows: Range<Int>, baseline: [Float],
    pixelsPerMillimeter: Double, weights: Weights = Weights()
  ) {
    precondition(!columns.isEmpty && !rows.isEmpty && baseline.count == columns.count)
    let (w, h) = (columns.count, rows.count)
    let scale = Float(8 / pixelsPerMillimeter)
    let missing = InkPathCosts.missing(ink, columns: columns, rows: rows)
    let top = rows.lowerBound
    var forward = [Float](unsafeUninitializedCapacity: w * h) { $1 = w * h }
    let backward = [Float](unsafeUninitializedCapacity: w * h) { backward, count in
      forward.withUnsafeMutableBufferPointer { forward in
        InkPathCosts.sweep(
          missing, width: w, height: h, top: top, baseline: baseline, scale: scale,
          weights: weights, forward, backward)
      }
      count = w * h
    }
    var best = Float.infinity
    for y in 0..<h { best = min(best, forward[(w - 1) * h + y]) }
    forward.withUnsafeMutableBufferPointer { forward in
      backward.withUnsafeBufferPointer { backward in
        for i in 0..<(w * h) { forward[i] += backward[i] - best }
      }
    }
    (self.top, height, through, bestCost) = (top, h, forward, best)
    self.weights = weights
  }

  /// What is missing to full ink, column by column: the recursion runs down columns.
  private static func missing(
    _ ink: Plane<PageSpace>, columns: Range<Int>, rows: Range<Int>
  ) -> [Float] {
    let (w, h) = (columns.count, rows.count)
    return [Float](unsafeUninitializedCapacity: w * h) { out, count in
      count = w * h
      ink.values.withUnsafeBufferPointer { values in
        // Some rows at a time, so that what is written stays near.
        for first in stride(from: 0, to: h, by: 16) {
          let last = min(first + 16, h)
          for x in 0..<w {
            var from = (rows.lowerBound &+ first) &* ink.width &+ columns.lowerBound &+ x
            for y in first..<last {
              out[x &* h &+ y] = 1 - min(max(values[from], 0), 1)
              from = from &+ ink.width
            }
          }
        }
      }
    }
  }

  /// The cheapest ways from both borders to every pixel. A column's cost is paid where it is
  /// entered: on the way forward by the pixel's own column, on the way back by the one before.
  ///
  /// Along a column each sum waits for the one before it. No way climbs up and down in one column,
  /// so four sums that know nothing of each other fill the wait: up and down, on both ways.
  private static func sweep(
    _ missing: [Float], width w: Int, height h: Int, top: Int, baseline: [Float], scale: Float,
    weights: Weights, _ forward: UnsafeMutableBufferPointer<Float>,
    _ backward: UnsafeMutableBufferPointer<Float>
  ) {
    let climb = weights.climb * scale
    let bare = weights.climbBare * scale
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: 7 * h)
    defer { scratch.deallocate() }
    let (entry, paid, paidBack) = (scratch, scratch + h, scratch + 2 * h)
    let (down, up, downBack, upBack) = (
      scratch + 3 * h, scratch + 4 * h, scratch + 5 * h, scratch + 6 * h
    )
    missing.withUnsafeBufferPointer { missing in
      guard let missing = missing.baseAddress, let forward = forward.baseAddress,
        let backward = backward.baseAddress
      else { return }
      for step in 0..<w {
        let (x, back) = (step, w &- 1 &- step)
        let (here, there) = (forward + x &* h, backward + back &* h)
        let (ink, inkBack) = (missing + x &* h, missing + back &* h)
        if step == 0 {
          for y in 0..<h { here[y] = 0 }
          for y in 0..<h { there[y] = 0 }
        } else {
          enter(here, from: here - h, height: h)
          let zero = baseline[back &+ 1] - Float(top)
          for y in 0..<h { entry[y] = there[h &+ y] }
          pay(entry, inkBack + h, zero, scale, weights.pull, height: h)
          enter(there, from: entry, height: h)
        }
        pay(here, ink, baseline[x] - Float(top), scale, weights.pull, height: h)
        for y in 0..<h { paid[y] = climb + bare * ink[y] }
        for y in 0..<h { paidBack[y] = climb + bare * inkBack[y] }
        // A climb pays for the pixel it leads to, in the direction of time.
        let last = h &- 1
        var (d, u, db, ub) = (here[0], here[last], there[0], there[last])
        (down[0], up[last], downBack[0], upBack[last]) = (d, u, db, ub)
        for y in 1..<max(h, 1) {
          let z = last &- y
          d = min(here[y], d + paid[y])
          u = min(here[z], u + paid[z])
          db = min(there[y], db + paidBack[y &- 1])
          ub = min(there[z], ub + paidBack[z &+ 1])
          down[y] = d
          up[z] = u
          downBack[y] = db
          upBack[z] = ub
        }
        for y in 0..<h { here[y] = min(down[y], up[y]) }
        for y in 0..<h { there[y] = min(downBack[y], upBack[y]) }
      }
    }
  }

  /// The cheapest of three neighbours in the column before.
  @inline(__always)
  private static func enter(
    _ costs: UnsafeMutablePointer<Float>, from entry: UnsafePointer<Float>, height h: Int
  ) {
    guard h > 1 else { return costs[0] = entry[0] }
    costs[0] = min(entry[0], entry[1])
    for y in 1..<max(h &- 1, 1) { costs[y] = min(min(entry[y], entry[y &- 1]), entry[y &+ 1]) }
    costs[h &- 1] = min(entry[h &- 1], entry[h &- 2])
  }

  /// Adds what a column costs where a path leaves it.
  @inline(__always)
  private static func pay(
    _ costs: UnsafeMutablePointer<Float>, _ missing: UnsafePointer<Float>, _ zero: Float,
    _ scale: Float, _ pull: Float, height h: Int
  ) {
    for y in 0..<h {
      let off = abs(Float(Int32(truncatingIfNeeded: y)) - zero)
      costs[y] += (missing[y] + pull * off * scale) * scale
    }
  }

  /// The page rows that the best path touches in strip column `x`, a climb included.
  package func bestRows(_ x: Int) -> ClosedRange<Int> {
    withColumn(x) { costs in
      var least = Float.infinity
      for y in 0..<height { least = min(least, costs[y]) }
      var at = 0
      while at + 1 < height && costs[at] > least { at += 1 }
      var (low, high) = (at, at)
      while low > 0 && costs[low - 1] <= least + weights.slack { low -= 1 }
      while high + 1 < height && costs[high + 1] <= least + weights.slack { high += 1 }
      return (top + low)...(top + high)
    }
  }

  /// The posterior standard deviation of the path's row in strip column `x`, in pixels.
  package func spread(_ x: Int) -> Float {
    withColumn(x) { costs in
      var (sum, first, second) = (Float(0), Float(0), Float(0))
      let middle = Float(height) / 2
      let temperature = weights.temperature
      let limit = 12 * temperature
      for y in 0..<height {
        let cost = costs[y]
        guard cost < limit else { continue }
        // exp(−t) by a rational bound: the tail's exact shape does not matter.
        let t = cost / temperature
        let weight = 1 / (1 + t + t * t / 2 + t * t * t / 6)
        let off = Float(y) - middle
        sum += weight
        first += weight * off
        second += weight * off * off
      }
      guard sum > 0 else { return Float(height) }
      return max(second / sum - (first / sum) * (first / sum), 0).squareRoot()
    }
  }

  /// The costs of strip column `x`.
  @inline(__always)
  private func withColumn<Result>(_ x: Int, _ body: (UnsafeBufferPointer<Float>) -> Result)
    -> Result
  {
    through.withUnsafeBufferPointer { through in
      body(UnsafeBufferPointer(rebasing: through[(x * height)..<((x + 1) * height)]))
    }
  }
}
