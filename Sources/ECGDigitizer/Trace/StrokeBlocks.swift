import ECGNumerics

/// Stretches of a curve that are damped, and judged, alone while it is fitted.
///
/// One tall beat that resists a step does not hold up the rest, and a stretch that has found its
/// place is left alone.
struct StrokeBlocks {
  /// Knots of one block.
  static let size = 32
  /// How much is added to the curvature of each block, as a part of it.
  private(set) var dampings: [Double]
  /// Blocks that no longer move.
  private(set) var isAtRest: [Bool]

  /// Blocks for so many knots, all damped alike.
  init(knots: Int, damping: Double) {
    dampings = [Double](repeating: damping, count: (knots - 1) / StrokeBlocks.size + 1)
    isAtRest = [Bool](repeating: false, count: dampings.count)
  }

  var count: Int { dampings.count }

  /// Judges a step by the cost of each block before and after it.
  ///
  /// - Parameter restGain: a block that gained less than this part of its cost is at rest.
  /// - Returns: which blocks are worse than before: there the step is not to be taken.
  mutating func judge(_ before: [Double], _ after: [Double], restGain: Double) -> [Bool] {
    let isWorse = zip(before, after).map { $0 < $1 }
    for b in dampings.indices where !isAtRest[b] {
      dampings[b] = isWorse[b] ? dampings[b] * 4 + 1e-3 : max(dampings[b] / 2, 1e-9)
      isAtRest[b] = !isWorse[b] && before[b] - after[b] < restGain * before[b]
    }
    return isWorse
  }

  /// Damps all blocks more.
  mutating func dampMore() {
    for b in dampings.indices { dampings[b] = dampings[b] * 4 + 1e-3 }
  }

  /// Adds the damping to the diagonal of `system`; blocks at rest are held.
  func damp(_ system: inout BandedSystem, _ gradient: inout [Double]) {
    let w = system.halfBandwidth + 1
    for i in 0..<system.count {
      let b = i / StrokeBlocks.size
      system.upper[i * w] *= 1 + dampings[b]
      system.upper[i * w] += isAtRest[b] ? 1e12 : 1e-6
      if isAtRest[b] { gradient[i] = 0 }
    }
  }
}
