import ECGCore
import ECGImaging

/// Peaks of narrow waves that a first curve clips: the row's own ink goes on beyond them.
///
/// A network reads one place per column of a coarser picture, and two or three columns hold the
/// whole peak of a tall R wave. Edges pull a fit within a pixel or two, so it must begin where the
/// ink ends.
package struct ClippedPeaks {
  let parameters: TraceParameters.Peaks

  package init(_ parameters: TraceParameters.Peaks = TraceParameters().peaks) {
    self.parameters = parameters
  }

  /// A peak: page columns, and where the stroke's middle turns.
  package struct Peak: Equatable {
    package var columns: ClosedRange<Int>
    package var x: Double
    package var y: Double
    /// The page rows of ink that the curve left out.
    package var rows: ClosedRange<Int>
  }

  /// The peaks that `curve` (knots half a pixel apart, from `columns`' first) cuts.
  ///
  /// - Parameter isTaken: whether ink at a column and row is something else's.
  package func clipped(
    by curve: [Double], columns: ClosedRange<Int>, path: InkPath, in map: InkMap,
    halfWidth: Double, isTaken: (Int, Int) -> Bool
  ) -> [Peak] {
    let s = map.pixelsPerMillimeter
    // A steep limb inks the columns beside it, too.
    let wide = 2 * (Int(halfWidth.rounded(.up)) + 1)
    var peaks: [Peak] = []
    for isUp in [true, false] {
      var group: [(x: Int, end: Int?, edge: Int)] = []
      func close() {
        defer { group = [] }
        guard let first = group.first?.x, let last = group.last?.x,
          Double(last - first) < parameters.widest * s
        else { return }
        let ends = group.compactMap(\.end)
        // Beside what is something else's nothing is sure.
        guard ends.count == group.count, let end = isUp ? ends.min() : ends.max(),
          let edge = isUp ? group.map(\.edge).max() : group.map(\.edge).min(),
          turns(curve, first - columns.lowerBound...last - columns.lowerBound, isUp: isUp, s)
        else { return }
        let most = group.filter { abs(($0.end ?? edge) - end) < Int(parameters.flatness * s) }.map {
          Double($0.x)
        }
        let middle = most.reduce(0, +) / Double(most.count)
        peaks.append(
          Peak(
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
        if let end, abs(end - edge) < Int(parameters.least * s) {
          // Between the limbs of a wave it may be white.
          if let last = group.last?.x, Double(x - last) > parameters.gap * s { close() }
        } else {
          group.append((x, end, edge))
        }
      }
      close()
    }
    return peaks
  }

  /// Whether the curve turns in `columns` (from its first): both sides lie further in.
  private func turns(
    _ curve: [Double], _ columns: ClosedRange<Int>, isUp: Bool, _ s: Double
  ) -> Bool {
    let beside = Int(parameters.beside * s)
    let (left, right) = (2 * (columns.lowerBound - beside), 2 * (columns.upperBound + beside))
    guard left >= 0, right < curve.count else { return false }
    let inner = curve[(2 * columns.lowerBound)...(2 * columns.upperBound)]
    guard let turn = isUp ? inner.min() : inner.max() else { return false }
    let least = parameters.least * s
    let sides = [curve[left], curve[right]].map { isUp ? $0 - turn : turn - $0 }
    return sides.allSatisfy { $0 > least }
  }

  /// The last row of ink in column `x`, gone from `edge` outwards; `nil` where it is not free.
  private func inkEnd(
    _ x: Int, from edge: Int, isUp: Bool, _ map: InkMap, _ isTaken: (Int, Int) -> Bool
  ) -> Int? {
    let s = map.pixelsPerMillimeter
    let step = isUp ? -1 : 1
    let (gap, tallest) = (Int(parameters.gap * s), Int(parameters.tallest * s))
    var (end, y) = (edge, edge + step)
    while y >= 0, y < map.ink.height, abs(y - end) <= gap {
      if isTaken(x, y) || abs(y - edge) > tallest { return nil }
      if map.ink[x, y] >= parameters.ink { end = y }
      y += step
    }
    return end
  }

  /// `curve` drawn out to `peaks`: straight from the edges of each to its turn.
  package func drawnOut(_ curve: [Double], to peaks: [Peak], from firstColumn: Int) -> [Double] {
    var out = curve
    for peak in peaks {
      let low = max(0, 2 * (peak.columns.lowerBound - firstColumn) - 2)
      let high = min(curve.count - 1, 2 * (peak.columns.upperBound - firstColumn) + 2)
      let middle = 2 * (peak.x - Double(firstColumn))
      for k in low...high {
        let side = Double(k) < middle ? middle - Double(low) : Double(high) - middle
        let share = side > 0 ? 1 - abs(Double(k) - middle) / side : 1
        out[k] += max(0, share) * (peak.y - out[k])
      }
    }
    return out
  }
}
