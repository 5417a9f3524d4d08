import ECGCore
import ECGImaging

/// Pixels of a row that say nothing about its trace: bars, and names except where the path runs.
struct InkMasks {
  private var ranges: [Int: [ClosedRange<Int>]]

  /// Gathers what hides the trace along `path`, but for so many pixels beside it.
  init(_ leads: LocatedLeads, path: InkPath, corridor: Int) {
    ranges = InkMasks.rows(behind: leads.bars)
    for name in leads.coveredNames {
      for x in Range(name.columns).clamped(to: path.columns) {
        let y = Int(path.rows[x - path.firstColumn].rounded())
        let (low, high) = (name.rows.lowerBound, name.rows.upperBound)
        if y - corridor - 1 >= low {
          ranges[x, default: []].append(low...min(high, y - corridor - 1))
        }
        if y + corridor + 1 <= high {
          ranges[x, default: []].append(max(low, y + corridor + 1)...high)
        }
      }
    }
  }

  /// Gathers bars, and what is ink of something else by `own`, along `path`; in the columns `free`
  /// all is the row's own but bars.
  init(
    _ leads: LocatedLeads, path: InkPath, own: OwnInk, in map: InkMap, reach: Int,
    free: ClosedRange<Int>? = nil
  ) {
    ranges = InkMasks.rows(behind: leads.bars)
    for x in path.columns where free?.contains(x) != true {
      guard let span = path.spans[x - path.firstColumn] else { continue }
      let near = map.ink.rows(span.lowerBound - reach, through: span.upperBound + reach)
      ranges[x, default: []] += own.foreign(column: x, rows: near, in: map.ink)
    }
  }

  /// The page rows behind boxes, by column.
  static func rows(behind boxes: [PixelBox]) -> [Int: [ClosedRange<Int>]] {
    var out: [Int: [ClosedRange<Int>]] = [:]
    for box in boxes {
      for x in box.columns { out[x, default: []].append(box.rows) }
    }
    return out
  }

  /// Takes `rows` of some columns off the mask.
  mutating func uncover(_ rows: ClosedRange<Int>, in columns: ClosedRange<Int>) {
    for x in columns {
      ranges[x] = ranges[x]?.flatMap { hidden -> [ClosedRange<Int>] in
        guard hidden.overlaps(rows) else { return [hidden] }
        var rest: [ClosedRange<Int>] = []
        if hidden.lowerBound < rows.lowerBound {
          rest.append(hidden.lowerBound...(rows.lowerBound - 1))
        }
        if hidden.upperBound > rows.upperBound {
          rest.append((rows.upperBound + 1)...hidden.upperBound)
        }
        return rest
      }
    }
  }

  /// The masked rows of page column `x`.
  func rows(_ x: Int) -> [ClosedRange<Int>] { ranges[x] ?? [] }

  /// Whether the pixel says nothing.
  func contains(x: Int, y: Int) -> Bool { ranges[x]?.contains { $0.contains(y) } ?? false }
}
