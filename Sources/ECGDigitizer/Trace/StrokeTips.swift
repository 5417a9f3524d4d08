import ECGCore
import ECGImaging

/// Tips of narrow waves that a first curve cuts: the row's own ink goes on beyond them.
///
/// A network reads one place per column of a coarser picture, and two or three columns hold the
/// whole tip of a tall R wave. Edges pull a fit within a pixel or two, so it must begin where the
/// ink ends.
package struct StrokeTips {
  /// How far ink must go on, in mm.
  var leastMillimeters = 0.4
  /// The widest tip, in mm.
  var widestMillimeters = 1.4
  /// The most that is put back, in mm.
  var tallestMillimeters = 10.0
  /// White across the stroke where a line of the grid was taken out, in mm.
  var gapMillimeters = 0.3
  /// Darkness from which a pixel counts as ink.
  var threshold = InkLevel.pale

  package init() {}

  /// A tip: page columns, and where the stroke's middle turns.
  package struct Tip: Equatable {
    package var columns: ClosedRange<Int>
    package var x: Double
    package var y: Double
    /// The page rows of ink that the curve left out.
    package var rows: ClosedRange<Int>
  }

  /// The tips that `curve` (knots half a pixel apart, from `columns`' first) cuts.
  ///
  /// - Parameter isTaken: whether ink at a column and row is something else's.
  package func cut(
    by curve: [Double], columns: ClosedRange<Int>, path: InkPath, in map: InkMap,
    halfWidth: Double, isTaken: (Int, Int) -> Bool
  ) -> [Tip] {
    let s = map.pixelsPerMillimeter
    // A steep limb inks the columns beside it, too.
    let wide = 2 * (Int(halfWidth.rounded(.up)) + 1)
    var tips: [Tip] = []
    for isUp in [true, false] {
      var group: [(x: Int, end: Int?, edge: Int)] = []
      func close() {
        defer { group = [] }
        guard let first = group.first?.x, let last = group.last?.x,
          Double(last - first) < widestMillimeters * s
        else { return }
        let ends = group.compactMap(\.end)
        // Beside what is something else's nothing is sure.
        guard ends.count == group.count, let end = isUp ? ends.min() : ends.max(),
          let edge = isUp ? group.map(\.edge).max() : group.map(\.edge).min(),
          turns(curve, first - columns.lowerBound...last - columns.lowerBound, isUp: isUp, s)
        else { return }
        let most = group.filter { abs(($0.end ?? edge) - end) < Int(0.3 * s) }.map { Double($0.x) }
        let middle = most.reduce(0, +) / Double(most.count)
        tips.append(
          Tip(
            columns: first...last, x: middle, y: Double(end) + (isUp ? halfWidth : -halfWidth),
            rows: min(end, edge)...max(end, edge)))
      }
      for x in columns {
        let k = 2 * (x - columns.lowerBound)
        let near = curve[max(0, k - wide)...min(curve.count - 1, k + wide)]
        guard let turn = isUp ? near.min() : near.max(), path.spans[x - path.firstColumn] != nil
        else {
          close()
          continue
        }
        let edge = Int((isUp ? turn - halfWidth : turn + halfWidth).rounded())
        let end = inkEnd(x, from: edge, isUp: isUp, map, isTaken)
        if let end, abs(end - edge) < Int(leastMillimeters * s) {
          // Between the limbs of a wave it may be white.
          if let last = group.last?.x, Double(x - last) > gapMillimeters * s { close() }
        } else {
          group.append((x, end, edge))
        }
      }
      close()
    }
    return tips
  }

  /// Whether the curve turns in `columns` (from its first): both sides lie further in.
  private func turns(
    _ curve: [Double], _ columns: ClosedRange<Int>, isUp: Bool, _ s: Double
  ) -> Bool {
    let beside = Int(0.5 * s)
    let (left, right) = (2 * (columns.lowerBound - beside), 2 * (columns.upperBound + beside))
    guard left >= 0, right < curve.count else { return false }
    let inner = curve[(2 * columns.lowerBound)...(2 * columns.upperBound)]
    guard let turn = isUp ? inner.min() : inner.max() else { return false }
    let least = leastMillimeters * s
    let sides = [curve[left], curve[right]].map { isUp ? $0 - turn : turn - $0 }
    return sides.allSatisfy { $0 > least }
  }

  /// The last row of ink in column `x`, gone from `edge` outwards; `nil` where it is not free.
  private func inkEnd(
    _ x: Int, from edge: Int, isUp: Bool, _ map: InkMap, _ isTaken: (Int, Int) -> Bool
  ) -> Int? {
    let s = map.pixelsPerMillimeter
    let (step, gap, tallest) = (isUp ? -1 : 1, Int(gapMillimeters * s), Int(tallestMillimeters * s))
    var (end, y) = (edge, edge + step)
    while y >= 0, y < map.ink.height, abs(y - end) <= gap {
      if isTaken(x, y) || abs(y - edge) > tallest { return nil }
      if map.ink[x, y] >= threshold { end = y }
      y += step
    }
    return end
  }

  /// `curve` drawn out to `tips`: straight from the edges of each to its turn.
  package func drawnOut(_ curve: [Double], to tips: [Tip], from firstColumn: Int) -> [Double] {
    var out = curve
    for tip in tips {
      let low = max(0, 2 * (tip.columns.lowerBound - firstColumn) - 2)
      let high = min(curve.count - 1, 2 * (tip.columns.upperBound - firstColumn) + 2)
      let middle = 2 * (tip.x - Double(firstColumn))
      for k in low...high {
        let side = Double(k) < middle ? middle - Double(low) : Double(high) - middle
        let share = side > 0 ? 1 - abs(Double(k) - middle) / side : 1
        out[k] += max(0, share) * (tip.y - out[k])
      }
    }
    return out
  }
}
