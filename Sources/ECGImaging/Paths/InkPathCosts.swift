public import ECGCore

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
/// best path: 0 on the best path itself (to rounding), vertical stretches included. It is a min-marginal:
/// `exp(−through / temperature)` is the posterior of the path's place in its column.
///
/// > Source: Viterbi, doi:10.1109/TIT.1967.1054010, with costs on both axes as for seams;
/// > forward–backward after Bahl, Cocke, Jelinek, Raviv, doi:10.1109/TIT.1974.1055186,
/// > in the min-sum algebra.
public struct InkPathCosts: Sendable {
  /// What the parts of a path cost. Per column and pixel at 8 px/mm.
  public struct Weights: Sendable {
    /// The cost of a pixel climbed through ink.
    public var climb: Float = 0.01
    /// What is added for a pixel climbed over bare paper.
    public var climbBare: Float = 0.2
    /// The cost of a pixel away from the zero line, per column.
    public var pull: Float = 0.001

    /// Creates the default weights.
    public init() {}
  }

  /// The first page row of the strip.
  public let top: Int
  /// The first page column of the strip.
  public let left: Int
  /// The width, in pixels.
  public let width: Int
  /// The height, in pixels.
  public let height: Int
  /// Cost above the best path's, column by column: element `x · height + y`.
  public let through: [Float]
  /// The cost of the best path.
  public let bestCost: Float

  /// Finds the costs in the strip `columns` × `rows` of `ink`.
  ///
  /// - Parameters:
  ///   - baseline: the zero line, a page row per column of the strip.
  ///   - blocked: page pixels (row by row) that hold no ink of this path.
  public init(
    _ ink: Plane<PageSpace>, columns: Range<Int>, rows: Range<Int>, baseline: [Float],
    pixelsPerMillimeter: Double, weights: Weights = Weights(), blocked: [Bool] = []
  ) {
    precondition(!columns.isEmpty && !rows.isEmpty && baseline.count == columns.count)
    let (w, h) = (columns.count, rows.count)
    let scale = Float(8 / pixelsPerMillimeter)
    // Column-major copies: the recursion runs down columns.
    var missing = [Float](repeating: 1, count: w * h)
    ink.values.withUnsafeBufferPointer { values in
      for y in 0..<h {
        let base = (rows.lowerBound + y) * ink.width + columns.lowerBound
        for x in 0..<w {
          let isBlocked = !blocked.isEmpty && blocked[base + x]
          missing[x * h + y] = isBlocked ? 1 : 1 - min(max(values[base + x], 0), 1)
        }
      }
    }
    var forward = [Float](repeating: 0, count: w * h)
    var backward = forward
    let top = rows.lowerBound
    InkPathCosts.sweep(
      missing, width: w, height: h, order: Array(0..<w), top: top, baseline: baseline,
      scale: scale, weights: weights, paysOnEntry: true, into: &forward)
    InkPathCosts.sweep(
      missing, width: w, height: h, order: Array((0..<w).reversed()), top: top,
      baseline: baseline, scale: scale, weights: weights, paysOnEntry: false, into: &backward)
    var best = Float.infinity
    for y in 0..<h { best = min(best, forward[(w - 1) * h + y]) }
    for i in 0..<(w * h) { forward[i] += backward[i] - best }
    self.top = top
    self.left = columns.lowerBound
    self.width = w
    self.height = h
    self.through = forward
    self.bestCost = best
  }

  private static func columnCost(
    _ missing: Float, _ off: Float, _ scale: Float, _ pull: Float
  ) -> Float {
    (missing + pull * abs(off) * scale) * scale
  }

  /// The cheapest way from the border to every pixel. A column's cost is paid where it is
  /// entered: on the way forward by the pixel's own column, on the way back by the one before.
  private static func sweep(
    _ missing: [Float], width: Int, height h: Int, order: [Int], top: Int, baseline: [Float],
    scale: Float, weights: Weights, paysOnEntry: Bool, into costs: inout [Float]
  ) {
    var entry = [Float](repeating: 0, count: h)
    let climb = weights.climb * scale
    let bare = weights.climbBare * scale
    missing.withUnsafeBufferPointer { missing in
      costs.withUnsafeMutableBufferPointer { costs in
        var previous = -1
        for x in order {
          let base = x * h
          if previous >= 0 {
            let from = previous * h
            for y in 0..<h { entry[y] = costs[from + y] }
            if !paysOnEntry {
              let zero = baseline[previous] - Float(top)
              for y in 0..<h {
                entry[y] += columnCost(missing[from + y], Float(y) - zero, scale, weights.pull)
              }
            }
            for y in 0..<h {
              var cost = entry[y]
              if y > 0 { cost = min(cost, entry[y - 1]) }
              if y + 1 < h { cost = min(cost, entry[y + 1]) }
              costs[base + y] = cost
            }
          }
          if paysOnEntry {
            let zero = baseline[x] - Float(top)
            for y in 0..<h {
              costs[base + y] += columnCost(
                missing[base + y], Float(y) - zero, scale, weights.pull)
            }
          }
          // A climb pays for the pixel it leads to, in the direction of time.
          for y in 1..<h {
            let paid = paysOnEntry ? missing[base + y] : missing[base + y - 1]
            let moved = costs[base + y - 1] + climb + bare * paid
            if moved < costs[base + y] { costs[base + y] = moved }
          }
          for y in Swift.stride(from: h - 2, through: 0, by: -1) {
            let paid = paysOnEntry ? missing[base + y] : missing[base + y + 1]
            let moved = costs[base + y + 1] + climb + bare * paid
            if moved < costs[base + y] { costs[base + y] = moved }
          }
          previous = x
        }
      }
    }
  }

  /// The page rows that the best path touches in strip column `x`, a climb included.
  public func bestRows(_ x: Int, slack: Float = 0.01) -> ClosedRange<Int> {
    var at = 0
    var least = Float.infinity
    for y in 0..<height where through[x * height + y] < least {
      least = through[x * height + y]
      at = y
    }
    var (low, high) = (at, at)
    while low > 0 && through[x * height + low - 1] <= least + slack { low -= 1 }
    while high + 1 < height && through[x * height + high + 1] <= least + slack { high += 1 }
    return (top + low)...(top + high)
  }

  /// The posterior standard deviation of the path's row in strip column `x`, in pixels.
  public func spread(_ x: Int, temperature: Float = 0.35) -> Float {
    var (sum, first, second) = (Float(0), Float(0), Float(0))
    let middle = Float(height) / 2
    for y in 0..<height {
      let cost = through[x * height + y]
      guard cost < 12 * temperature else { continue }
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
