import ECGCore
import ECGImaging

/// Upright bars between leads, found where a layout would have them.
///
/// A bar fills most of the 2.5 mm above and below the zero line in (nearly) all rows of the
/// body at the same place, which no QRS complex does: complexes differ from lead to lead.
struct SeparatorBars {
  /// The bars' centres in page columns, one per boundary; `nil` where none was seen.
  var centres: [Double?]
  /// The page columns they hide.
  var hidden: [ClosedRange<Int>]

  /// Looks within `reach` mm of each expected boundary.
  init(
    at boundaries: [Double], rows: [PrintedRow], in map: InkMap, reach: Double = 2.5
  ) {
    let s = map.pixelsPerMillimeter
    centres = []
    hidden = []
    for boundary in boundaries {
      let low = max(0, Int(boundary - reach * s))
      let high = min(map.ink.width - 1, Int(boundary + reach * s))
      guard low < high else {
        centres.append(nil)
        continue
      }
      let fill = (low...high).map { SeparatorBars.fill($0, rows: rows, map: map) }
      guard let peak = fill.indices.max(by: { fill[$0] < fill[$1] }), fill[peak] > 0.62 else {
        centres.append(nil)
        continue
      }
      var (from, to) = (peak, peak)
      while from > 0 && fill[from - 1] > 0.4 { from -= 1 }
      while to + 1 < fill.count && fill[to + 1] > 0.4 { to += 1 }
      guard Double(to - from) < 2.0 * s else {
        centres.append(nil)
        continue
      }
      let weights = (from...to).map { fill[$0] }
      let moment = zip(from...to, weights).reduce(0.0) { $0 + Double($1.0) * $1.1 }
      centres.append(Double(low) + moment / weights.reduce(0, +))
      hidden.append((low + from)...(low + to))
    }
  }

  /// The share of rows whose bar zone is inked in column `x`, by the mean ink of the zone.
  private static func fill(_ x: Int, rows: [PrintedRow], map: InkMap) -> Double {
    let s = map.pixelsPerMillimeter
    var sum = 0.0
    for row in rows {
      var ink = 0.0
      var count = 0.0
      for (from, to) in [(-3.2, -1.0), (1.0, 3.2)] {
        for y in Int(row.baselineY + from * s)...Int(row.baselineY + to * s)
        where y >= 0 && y < map.ink.height {
          ink += Double(min(max(map.ink[x, y], 0), 1))
          count += 1
        }
      }
      sum += count > 0 && ink / count > 0.6 ? 1 : 0
    }
    return sum / Double(max(rows.count, 1))
  }
}
