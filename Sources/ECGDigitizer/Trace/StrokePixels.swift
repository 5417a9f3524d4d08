import ECGCore
import ECGImaging
import Foundation

/// The pixels that a fit has to explain: per column of a run, a stretch of rows with their ink.
struct StrokePixels {
  /// Per column: where its values begin in ``ink``, its first page row, and how many there are.
  private(set) var starts: [Int] = []
  private(set) var rows: [Int] = []
  private(set) var counts: [Int] = []
  private(set) var ink: [Float] = []
  /// Whether each value counts: masked pixels do not.
  private(set) var counted: [Bool] = []

  /// The number of columns.
  var columnCount: Int { counts.count }

  /// Whether the column has pixels and all of them count.
  func isWhole(column c: Int) -> Bool {
    counts[c] > 0 && counted[starts[c]..<(starts[c] + counts[c])].allSatisfy { $0 }
  }

  /// Takes the band of `path` in `columns` (page columns): the row's own ink ± `margin` pixels.
  /// Columns without ink stay empty; masked pixels do not count.
  init(
    _ map: InkMap, path: InkPath, columns: ClosedRange<Int>, masks: InkMasks, margin: Int
  ) {
    for x in columns {
      starts.append(ink.count)
      guard let span = path.spans[x - path.firstColumn] else {
        rows.append(0)
        counts.append(0)
        continue
      }
      let low = max(0, span.lowerBound - margin)
      let high = min(map.ink.height - 1, span.upperBound + margin)
      rows.append(low)
      counts.append(high - low + 1)
      let masked = masks.rows(x)
      for y in low...high {
        let isMasked = masked.contains { $0.contains(y) }
        ink.append(isMasked ? 0 : min(max(map.ink[x, y], 0), 1.2))
        counted.append(!isMasked)
      }
    }
  }

  /// The same pixels blurred along the columns by `sigma`, with room for the blur at both ends.
  func blurred(_ sigma: Double) -> StrokePixels {
    guard sigma > 0 else { return self }
    let reach = Int((3 * sigma).rounded(.up))
    var kernel = (-reach...reach).map { Float(exp(-0.5 * Double($0 * $0) / (sigma * sigma))) }
    let sum = kernel.reduce(0, +)
    kernel = kernel.map { $0 / sum }
    var out = self
    out.ink = []
    out.counted = []
    let blind = Int((2 * sigma).rounded(.up))
    for c in counts.indices {
      out.starts[c] = out.ink.count
      guard counts[c] > 0 else { continue }
      let wide = counts[c] + 2 * reach
      var column = [Float](repeating: 0, count: wide)
      for k in 0..<counts[c] {
        let value = ink[starts[c] + k]
        if value == 0 { continue }
        for t in 0...(2 * reach) { column[k + t] += value * kernel[t] }
      }
      out.rows[c] = rows[c] - reach
      out.counts[c] = wide
      out.ink += column
      var isCounted = [Bool](repeating: true, count: wide)
      for k in 0..<counts[c] where !counted[starts[c] + k] {
        // The blur carries what is masked to its neighbours.
        for t in max(0, k + reach - blind)...min(wide - 1, k + reach + blind) {
          isCounted[t] = false
        }
      }
      out.counted += isCounted
    }
    return out
  }
}
