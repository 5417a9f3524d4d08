import ECGCore

/// Short breaks between one lead and the next, at the same place in all rows.
///
/// Some devices print no bars where leads change but lift the pen for half a millimetre. Such a
/// break proves nothing by itself, since faint traces break anywhere: it counts where every
/// boundary of a layout has one, all at equal distances, each before the names of its column.
package struct ColumnGaps {
  /// Where the trace of each column but the first begins, by number from 1, in page columns.
  package let starts: [Double]

  /// How long a break is, in mm.
  private static let lengths = 0.25...2.6
  /// How far a break may be off equal distances, in mm.
  private static let play = 0.35
  /// Where a column begins, before the middle of its names, in mm.
  private static let beforeNames = -2.0...11.0

  /// Looks for the breaks of a layout.
  ///
  /// - Parameters:
  ///   - rows: the rows of the layout's body.
  ///   - width: the width of a column, known to 5 %, in page pixels.
  ///   - names: the middle of the names of each column in page columns, if there are any.
  /// - Returns: `nil` unless there are two boundaries or more, and all of them show a break.
  package init?(
    _ rows: [FollowedRow], in map: InkMap, columns: Int, width: Double, names: [Double]? = nil
  ) {
    let s = map.pixelsPerMillimeter
    guard columns > 2, rows.count > 1, width > 0 else { return nil }
    let breaks = ColumnGaps.breaks(rows.map { DarkColumns($0, in: map) }, s: s)
    let last = columns - 1
    // Where traces break everywhere some breaks lie at equal distances.
    guard breaks.count >= last, breaks.count <= 3 * last + 2 else { return nil }
    var best: (worth: Double, starts: [Double])?
    for first in breaks {
      for other in breaks {
        let step = (other.endX - first.endX) / Double(last - 1)
        guard abs(step / width - 1) < 0.05 else { continue }
        let wanted = (0..<last).map { first.endX + Double($0) * step }
        let found = wanted.compactMap { place in
          breaks.filter { abs($0.endX - place) < ColumnGaps.play * s }
            .min { abs($0.endX - place) < abs($1.endX - place) }
        }
        let starts = found.map(\.endX)
        guard found.count == last, ColumnGaps.agree(starts, with: names, s: s) else { continue }
        // A steep stroke may cross one row's break, not many.
        let share = found.reduce(0) { $0 + $1.share } / Double(last)
        guard share >= 0.85 else { continue }
        let error = zip(starts, wanted).reduce(0) { $0 + abs($1.0 - $1.1) } / s
        // Two boundaries are at equal distances by themselves: the width has to tell.
        let worth = share - 0.2 * error - 0.02 * abs(step - width) / s
        if worth > best?.worth ?? -.infinity { best = (worth, starts) }
      }
    }
    guard let best else { return nil }
    starts = best.starts
  }

  private static func agree(_ starts: [Double], with names: [Double]?, s: Double) -> Bool {
    guard let names, names.count == starts.count + 1 else { return true }
    return zip(names.dropFirst(), starts).allSatisfy {
      ColumnGaps.beforeNames.contains(($0 - $1) / s)
    }
  }

  /// A short break that most rows share.
  private struct Break {
    /// Where the traces go on.
    var endX: Double
    /// The part of the rows that are pale somewhere in it.
    var share: Double
  }

  /// The short breaks that most rows share, with ink on either side.
  private static func breaks(_ rows: [DarkColumns], s: Double) -> [Break] {
    let first = rows.map(\.firstColumn).min() ?? 0
    let end = rows.map { $0.firstColumn + $0.columns.count }.max() ?? 0
    let pale = (first..<end).map { x -> Double in
      let seen = rows.compactMap { $0.share(x) }
      guard 3 * seen.count >= 2 * rows.count else { return 0 }
      return Double(seen.count { $0 < 0.55 }) / Double(seen.count)
    }
    let beside = max(2, Int(1.5 * s))
    func isInked(_ columns: Range<Int>) -> Bool {
      guard columns.lowerBound >= 0, columns.upperBound <= pale.count else { return false }
      return 10 * columns.count { pale[$0] < 0.6 } >= 8 * columns.count
    }
    var found: [Break] = []
    var start: Int?
    for i in pale.indices {
      if pale[i] >= 0.6 {
        start = start ?? i
      } else if let from = start {
        start = nil
        if lengths.contains(Double(i - from) / s), i - from >= 2,
          isInked(from - beside..<from), isInked(i..<i + beside)
        {
          found.append(Break(endX: Double(first + i), share: pale[from..<i].max() ?? 0))
        }
      }
    }
    return found
  }
}
