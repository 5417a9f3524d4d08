import ECGCore
import ECGImaging

/// Where the trace of one row begins and ends: its own dark ink, a pulse left out.
///
/// Grid rests, dots and words at a row's level lengthen the path along it, but they are paler or
/// broken: an end counts where ink as dark as the row's is nearly unbroken over 2 mm.
package struct RowEnds: Equatable {
  /// The page columns of the first and last ink of the trace.
  package var startX: Double
  package var endX: Double
  /// Whether the trace runs on into a pulse's foot, so that it begins somewhere behind `startX`.
  package var hasOpenStart = false
  /// Whether it runs on into a pulse behind it, and ends somewhere before `endX`.
  package var hasOpenEnd = false

  package init(
    startX: Double, endX: Double, hasOpenStart: Bool = false, hasOpenEnd: Bool = false
  ) {
    (self.startX, self.endX) = (startX, endX)
    (self.hasOpenStart, self.hasOpenEnd) = (hasOpenStart, hasOpenEnd)
  }

  /// The part of the 2 mm behind an end that must be dark.
  private static let leastShare = 0.75
  /// How far behind a pulse its trace is looked for, in mm.
  private static let reachBehindPulse = 8.0

  /// The ends of each of `rows`, `nil` where a row holds no trace.
  package static func all(_ rows: [FollowedRow], in map: InkMap) -> [RowEnds?] {
    let s = map.pixelsPerMillimeter
    let dark = rows.map { DarkColumns($0, in: map) }
    let pulses = rows.compactMap(\.pulse)
    // A pulse that stands above the others stands for rows where none was seen.
    let typical = pulses.count >= 2 ? pulses[pulses.count / 2] : nil
    let isHead = typical?.isAtHead ?? true
    let gap = typical.flatMap { pulse in
      behind(
        isHead ? pulse.fallX : pulse.riseX, step: isHead ? 1 : -1,
        zip(rows, dark).filter { $0.0.pulse != nil }.map(\.1), s: s)
    }
    return rows.indices.map { k in
      guard var ends = dark[k].ends(window: Int(2 * s), share: leastShare) else { return nil }
      guard let pulse = rows[k].pulse ?? typical else { return ends }
      let edge = pulse.isAtHead ? pulse.fallX : pulse.riseX
      if pulse.isAtHead, edge < (ends.startX + ends.endX) / 2 {
        (ends.startX, ends.hasOpenStart) = (gap ?? edge, gap == nil)
      } else if !pulse.isAtHead, edge > (ends.startX + ends.endX) / 2 {
        (ends.endX, ends.hasOpenEnd) = (gap ?? edge, gap == nil)
      }
      return ends
    }
  }

  /// The first column behind a gap that most of `rows` share, walking from a pulse's inner stroke.
  private static func behind(
    _ edge: Double, step: Int, _ rows: [DarkColumns], s: Double
  ) -> Double? {
    let from = Int((edge + Double(step) * 0.35 * s).rounded())
    var gap = 0
    for distance in 0..<Int(reachBehindPulse * s) {
      let x = from + step * distance
      let inked = rows.count { $0.isInked(x) }
      if 10 * inked <= 3 * rows.count {
        gap += 1
      } else if 10 * inked >= 6 * rows.count {
        if gap >= max(1, Int(0.12 * s)) {
          // What lies before the gap must be the pulse's foot: a level line.
          let foot = min(from, x - step * gap)...max(from, x - step * gap)
          let level = rows.count { $0.isLevel(foot, within: 0.6 * s) }
          return 2 * level > rows.count ? Double(x) : nil
        }
        gap = 0
      }
    }
    return nil
  }
}

/// Which columns of a row hold ink as dark as the row's own.
struct DarkColumns {
  let firstColumn: Int
  let columns: [Bool]
  /// The darkness of each column; half the row's usual is 0.5.
  private let shares: [Float]
  /// The path's page row in each column.
  private let levels: [Float]
  private let map: InkMap
  /// The level from which the trace starts.
  private let zero: Double
  private let least: Float
  /// Ink of this part of the row's usual darkness is its own.
  private let leastDarkness: Float = 0.5

  init(_ row: FollowedRow, in map: InkMap) {
    let path = row.path
    self.map = map
    zero = row.pulse?.footY ?? row.row.baselineY
    firstColumn = path.firstColumn
    levels = path.rows
    let ink = map.ink
    let darkness = path.rows.indices.map { i -> Float in
      let x = path.firstColumn + i
      let middle = Int(path.rows[i].rounded())
      var (low, high) = (middle - 1, middle + 1)
      if let span = path.spans[i] {
        low = min(low, span.lowerBound)
        high = max(high, span.upperBound)
      }
      var most: Float = 0
      for y in max(0, low)...max(0, min(ink.height - 1, high)) { most = max(most, ink[x, y]) }
      return most
    }
    let middle = darkness.count / 4..<max(darkness.count / 4, darkness.count * 3 / 4)
    let usual = darkness[middle].sorted()
    least = usual.isEmpty ? 1 : max(0.3, leastDarkness * usual[usual.count / 2])
    let least = least
    columns = darkness.map { $0 >= least }
    shares = darkness.map { $0 / (2 * least) }
  }

  /// How dark page column `x` is on the path, 1 = as the row usually is; `nil` beyond the path.
  func share(_ x: Int) -> Float? {
    shares.indices.contains(x - firstColumn) ? shares[x - firstColumn] : nil
  }

  /// Whether there is dark ink on the path or about the zero line: near a tall pulse the path may
  /// be elsewhere.
  func isInked(_ x: Int) -> Bool {
    if isDark(x) { return true }
    guard x >= 0, x < map.ink.width else { return false }
    let reach = 2.5 * map.pixelsPerMillimeter
    let rows = max(0, Int(zero - reach))...max(0, min(map.ink.height - 1, Int(zero + reach)))
    return rows.contains { map.ink[x, $0] >= least }
  }

  /// Whether the row keeps to one level in these page columns.
  func isLevel(_ x: ClosedRange<Int>, within distance: Double) -> Bool {
    let seen = x.filter { isDark($0) }.map { levels[$0 - firstColumn] }
    guard let low = seen.min(), let high = seen.max() else { return true }
    return Double(high - low) <= distance
  }

  /// Whether the row is dark in page column `x`.
  func isDark(_ x: Int) -> Bool {
    columns.indices.contains(x - firstColumn) && columns[x - firstColumn]
  }

  /// The outermost dark columns behind which `share` of `window` columns are dark.
  func ends(window: Int, share: Double) -> RowEnds? {
    let needed = Int((share * Double(window)).rounded(.up))
    guard columns.count > window, window > 0 else { return nil }
    func first(_ order: [Int]) -> Int? {
      var count = 0
      for (k, i) in order.enumerated() {
        // `count` is of the window that begins at k − window + 1.
        if columns[i] { count += 1 }
        if k >= window, columns[order[k - window]] { count -= 1 }
        let begin = k - window + 1
        if begin >= 0, count >= needed, columns[order[begin]] { return order[begin] }
      }
      return nil
    }
    let forwards = Array(columns.indices)
    guard let start = first(forwards), let end = first(forwards.reversed()),
      start < end
    else { return nil }
    return RowEnds(startX: Double(firstColumn + start), endX: Double(firstColumn + end))
  }
}
