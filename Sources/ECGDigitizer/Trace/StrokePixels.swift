import ECGCore
import ECGImaging
import ECGNumerics
import Foundation

/// The pixels that a fit has to explain: per column of a run, a stretch of rows with their ink.
struct StrokePixels {
  /// Page rows from one value to the next below it. Whole pictures have 1.
  private(set) var rowStep = 1
  /// Per column: where its values begin in ``ink``, its first row (a page row is ``rowStep`` times
  /// that), and how many there are.
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
    _ map: InkMap, path: InkPath, columns: ClosedRange<Int>, masks: InkMasks, margin: Int,
    darkest: Float
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
        ink.append(isMasked ? 0 : min(max(map.ink[x, y], 0), darkest))
        counted.append(!isMasked)
      }
    }
  }

  /// Some of the columns alone, with all their values.
  func columns(_ range: Range<Int>) -> StrokePixels {
    var out = self
    (out.starts, out.rows, out.counts) = (
      Array(starts[range]), Array(rows[range]), Array(counts[range])
    )
    return out
  }

  /// The page rows that `count` columns from `first` on hold; `nil` where they are empty.
  func rows(from first: Int, count: Int) -> ClosedRange<Int>? {
    let held = (first..<(first + count)).filter { counts[$0] > 0 }
    guard let low = held.map({ rows[$0] }).min(),
      let high = held.map({ rows[$0] + counts[$0] - 1 }).max()
    else { return nil }
    return low...high
  }

  /// The same pixels blurred along the columns by `sigma`, with room for the blur at both ends.
  ///
  /// - Parameter step: only every so-manyth page row is kept; up to `sigma` nothing is lost.
  func blurred(_ sigma: Double, step: Int = 1) -> StrokePixels {
    guard sigma > 0 else { return self }
    precondition(rowStep == 1, "What was thinned out cannot be blurred")
    let reach = Int((3 * sigma).rounded(.up))
    let kernel = gaussianKernel(sigma: sigma, radius: reach)
    // The blur carries what is masked to its neighbours.
    let blind = Int((2 * sigma).rounded(.up))
    var out = self
    out.rowStep = step
    out.ink = []
    out.counted = []
    for c in counts.indices {
      out.starts[c] = out.ink.count
      guard counts[c] > 0 else { continue }
      let (top, bottom) = (rows[c] - reach, rows[c] + counts[c] + reach)
      // Rounded down: −1 / 3 is −1.
      let first = Int((Double(top) / Double(step)).rounded(.down)) + 1
      let last = Int((Double(bottom - 1) / Double(step)).rounded(.down))
      out.rows[c] = first
      out.counts[c] = max(last - first + 1, 0)
      for row in first..<max(last + 1, first) {
        let page = row * step
        var value: Float = 0
        var isCounted = true
        for y in max(
          page - reach, rows[c])..<max(
            min(page + reach + 1, rows[c] + counts[c]), max(page - reach, rows[c]))
        {
          let i = starts[c] + y - rows[c]
          value += ink[i] * kernel[y - page + reach]
          if !counted[i] && abs(y - page) <= blind { isCounted = false }
        }
        out.ink.append(value)
        out.counted.append(isCounted)
      }
    }
    return out
  }
}
