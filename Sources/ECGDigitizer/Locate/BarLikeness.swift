import ECGCore
import ECGImaging

/// Whether what stands between columns is a printed bar: the same upright piece in every row.
///
/// Complexes that fall on a boundary in most rows fill the bars' zone as well, but each lead's
/// has levels of its own. One bar alone proves little: II, III and aVF may look the same.
package struct BarLikeness {
  /// Printed bars are as alike as this; complexes of different leads hardly.
  package static let least = 0.72
  /// How far above and below the zero line bars are compared, in mm.
  private static let reach = 6.0
  /// How far zero lines may be off against each other, in mm.
  private static let play = 1.5

  /// The levels that are inked in one row at one bar, from top to bottom about the zero line.
  private typealias Levels = [Bool]

  /// How far beside a bar other strokes of a complex stand, in mm.
  private static let beside = 0.4...1.8

  private let patches: [[Levels]]
  /// For each bar, in how many rows strokes stand on either side of it.
  private let flanked: [Int]
  /// Whether each bar is one line through all rows.
  private let solid: [Bool]
  private let shift: Int

  /// Looks at the `bars` (page columns) in each of `rows`.
  package init(_ bars: [ClosedRange<Int>], rows: [PrintedRow], in map: InkMap) {
    let s = map.pixelsPerMillimeter
    shift = Int(BarLikeness.play * s)
    solid = bars.map { BarLikeness.isSolid($0, rows: rows, in: map) }
    flanked = bars.map { columns in rows.count { BarLikeness.isFlanked(columns, $0, in: map) } }
    let reach = Int((BarLikeness.reach + BarLikeness.play) * s)
    patches = bars.map { columns in
      rows.map { row in
        let zero = Int(row.baselineY.rounded())
        return (-reach...reach).map { offset in
          let y = zero + offset
          guard y >= 0 && y < map.ink.height else { return false }
          return columns.contains {
            $0 >= 0 && $0 < map.ink.width && map.ink[$0, y] > 0.45
          }
        }
      }
    }
  }

  /// Whether strokes stand on both sides of bar `k` in most rows, as the rise and fall about the
  /// steepest stroke of a complex do.
  package func isFlanked(_ k: Int) -> Bool { 2 * flanked[k] > patches[k].count }

  /// Whether bar `k` is one line from the first row to the last, also between rows, where no
  /// complex reaches; complexes that touch it make it look otherwise at the rows themselves.
  package func isSolid(_ k: Int) -> Bool { solid[k] }

  private static func isSolid(
    _ columns: ClosedRange<Int>, rows: [PrintedRow], in map: InkMap
  ) -> Bool {
    guard rows.count > 1, let top = rows.map(\.baselineY).min(),
      let bottom = rows.map(\.baselineY).max()
    else { return false }
    let reach = Int(0.3 * map.pixelsPerMillimeter)
    let middle = (columns.lowerBound + columns.upperBound) / 2
    let near = max(0, middle - reach)...min(map.ink.width - 1, max(0, middle + reach))
    let levels = max(0, Int(top))...min(map.ink.height - 1, max(0, Int(bottom)))
    let inked = levels.count { y in near.contains { map.ink[$0, y] > 0.45 } }
    return 100 * inked >= 92 * levels.count
  }

  /// Whether both sides of `columns` hold ink beside one row's zero line, above or below it.
  private static func isFlanked(
    _ columns: ClosedRange<Int>, _ row: PrintedRow, in map: InkMap
  ) -> Bool {
    let s = map.pixelsPerMillimeter
    let (near, far) = (Int(beside.lowerBound * s), Int(beside.upperBound * s))
    let sides = [
      (columns.lowerBound - far)...(columns.lowerBound - near),
      (columns.upperBound + near)...(columns.upperBound + far),
    ]
    return sides.allSatisfy { side in
      [(-3.2, -1.0), (1.0, 3.2)].contains { from, to in
        let rows = Int(row.baselineY + from * s)...Int(row.baselineY + to * s)
        let inked = rows.count { y in
          y >= 0 && y < map.ink.height
            && side.contains { $0 >= 0 && $0 < map.ink.width && map.ink[$0, y] > 0.4 }
        }
        return 10 * inked > 4 * rows.count
      }
    }
  }

  /// How alike bar `k` is in its rows and to the other bars: the median share of levels that two
  /// have in common, 0…1; `nil` where there is nothing to compare with.
  package func likeness(of k: Int) -> Double? {
    var shares: [Double] = []
    for (i, one) in patches[k].enumerated() {
      for (bar, rows) in patches.enumerated() {
        for (j, other) in rows.enumerated() where bar != k || j > i {
          shares.append(share(one, other))
        }
      }
    }
    return shares.isEmpty ? nil : shares.sorted()[shares.count / 2]
  }

  /// The levels inked in both, of those inked in either, where the two lie best on each other.
  private func share(_ a: Levels, _ b: Levels) -> Double {
    var best = 0.0
    for offset in stride(from: -shift, through: shift, by: 1) {
      var (both, either) = (0, 0)
      for i in shift..<(a.count - shift) {
        let (here, there) = (a[i], b[i + offset])
        if here && there { both += 1 }
        if here || there { either += 1 }
      }
      if either > 0 { best = max(best, Double(both) / Double(either)) }
    }
    return best
  }
}
