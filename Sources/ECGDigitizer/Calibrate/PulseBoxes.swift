import ECGCore
import ECGImaging

/// Calibration pulses by their ink alone: two upright strokes joined by a flat top, nothing between.
///
/// Needs no path along the row, which on narrow pages leaves the pulse where it comes near the
/// row above. No heart draws such a box.
struct PulseBoxes {
  /// Where the strokes are looked for, above the zero line, in mm.
  var height = 1.8
  /// The least and largest distance between the strokes, in mm.
  var width = 1.2...13.0
  /// The least and largest height, in mm.
  var tall = 4.0...24.0

  /// The pulse of `row` whose zero line lies near `zero` within `columns`; `nil` if there is none.
  func pulse(
    row: Int, zero: Double, columns: Range<Int>, isHead: Bool, in map: InkMap
  ) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    let inside = columns.clamped(to: 0..<map.ink.width)
    // The zero line is known to a millimetre or two only.
    for shift in [0, -1.2, 1.2] {
      let level = Int((zero + (shift - height) * s).rounded())
      guard level > 0, level < map.ink.height, !inside.isEmpty else { continue }
      let strokes = self.strokes(at: level, inside, map)
      for (k, left) in strokes.enumerated() {
        // Only neighbours: between the strokes of a pulse there is nothing.
        guard k + 1 < strokes.count else { break }
        let right = strokes[k + 1]
        guard width.contains((right - left) / s),
          let box = box(row, left, right, level: level, isHead: isHead, in: map)
        else { continue }
        return box
      }
    }
    return nil
  }

  /// The centres of narrow strokes of ink that cross `level`.
  private func strokes(at level: Int, _ columns: Range<Int>, _ map: InkMap) -> [Double] {
    var found: [Double] = []
    var start: Int?
    for x in columns.lowerBound...columns.upperBound {
      let isInk = x < columns.upperBound && map.ink[x, level] > 0.45
      if isInk, start == nil { start = x }
      guard !isInk, let from = start else { continue }
      start = nil
      guard Double(x - from) < 1.1 * map.pixelsPerMillimeter else { continue }
      var (mass, moment) = (0.0, 0.0)
      for u in max(columns.lowerBound, from - 1)...min(columns.upperBound - 1, x) {
        let ink = Double(max(map.ink[u, level], 0))
        mass += ink
        moment += ink * Double(u)
      }
      found.append(moment / mass)
    }
    return found
  }

  private func box(
    _ row: Int, _ left: Double, _ right: Double, level: Int, isHead: Bool, in map: InkMap
  ) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    let inner = max(0.35 * s, 0.12 * (right - left))
    let columns =
      Int(
        (left + inner).rounded())...max(
        Int((left + inner).rounded()), Int((right - inner).rounded()))
    let highest = max(0, level - Int(tall.upperBound * s))
    var tops: [Double] = []
    var missing = 0
    for x in columns {
      if let top = stroke(above: level, to: highest, x, map) {
        tops.append(top)
      } else {
        missing += 1
      }
    }
    guard tops.count >= 2, 5 * missing <= tops.count else { return nil }
    let plateau = tops.sorted()[tops.count / 2]
    let flat = tops.filter { abs($0 - plateau) < 0.3 * s }.count
    guard 10 * flat >= 8 * tops.count else { return nil }
    guard isStroke(left, from: plateau, to: Double(level), map),
      isStroke(right, from: plateau, to: Double(level), map),
      let foot = foot(of: isHead ? left : right, below: level, outward: isHead ? -1 : 1, map)
    else { return nil }
    let rise = foot - plateau
    guard tall.contains(rise / s) else { return nil }
    return CalibrationPulse(
      row: row, riseX: left, fallX: right, footY: foot, height: rise, isAtHead: isHead)
  }

  /// The middle of the first ink above `level` in column `x`, if it is a thin line.
  private func stroke(above level: Int, to highest: Int, _ x: Int, _ map: InkMap) -> Double? {
    let ink = map.ink
    guard ink[x, level] < 0.45,
      let bottom = (highest..<level).reversed().first(where: {
        ink[x, $0] > 0.45
      })
    else { return nil }
    var (mass, moment, count) = (0.0, 0.0, 0)
    var y = bottom + 1
    while y >= 0, y > bottom - Int(1.3 * map.pixelsPerMillimeter) {
      let value = Double(max(ink[x, y], 0))
      if y < bottom, value < 0.2 { break }
      mass += value
      moment += value * Double(y)
      count += 1
      y -= 1
    }
    guard Double(count) < 1.25 * map.pixelsPerMillimeter, mass > 0 else { return nil }
    return moment / mass
  }

  /// Whether ink runs upright along column `x`.
  private func isStroke(_ x: Double, from top: Double, to bottom: Double, _ map: InkMap) -> Bool {
    let reach = max(1, Int(0.3 * map.pixelsPerMillimeter))
    let column = Int(x.rounded())
    var inked = 0
    let rows = Int(top.rounded())...max(Int(top.rounded()), Int(bottom.rounded()))
    for y in rows {
      let near = max(0, column - reach)...min(map.ink.width - 1, column + reach)
      if near.contains(where: { map.ink[$0, y] > 0.4 }) { inked += 1 }
    }
    return 10 * inked >= 9 * rows.count
  }

  /// The level of the foot: where the outer stroke ends, or the line that leaves it outwards.
  private func foot(
    of x: Double, below level: Int, outward step: Int, _ map: InkMap
  ) -> Double? {
    let s = map.pixelsPerMillimeter
    let column = Int(x.rounded())
    let lowest = min(map.ink.height - 1, level + Int(5 * s))
    var end: Int?
    for y in level...lowest {
      let near = max(0, column - 1)...min(map.ink.width - 1, column + 1)
      guard near.contains(where: { map.ink[$0, y] > 0.45 }) else { break }
      end = y
    }
    guard let end else { return nil }
    // Pulses that stand on each other go on: only the line that leaves the stroke tells.
    guard end < lowest else {
      return line(
        from: column + step * Int(0.5 * s), to: column + step * Int(1.3 * s),
        levels: level...min(lowest, level + Int(3.5 * s)), map)
    }
    var levels: [Double] = []
    for distance in Int(0.5 * s)...Int(1.3 * s) {
      let u = column + step * distance
      guard u >= 0, u < map.ink.width else { continue }
      var (mass, moment) = (0.0, 0.0)
      for y in max(0, end - Int(0.9 * s))...min(map.ink.height - 1, end + Int(0.5 * s)) {
        let ink = Double(max(map.ink[u, y], 0))
        mass += ink
        moment += ink * Double(y)
      }
      if mass > 1 { levels.append(moment / mass) }
    }
    if levels.count >= 3 { return levels.sorted()[levels.count / 2] }
    return Double(end) + 0.5 - 0.15 * s
  }

  /// The middle of the one thin line that runs through all columns from `a` to `b`.
  private func line(from a: Int, to b: Int, levels: ClosedRange<Int>, _ map: InkMap) -> Double? {
    let columns = max(0, min(a, b))...min(map.ink.width - 1, max(a, b))
    let shares = levels.map { y in
      columns.count { map.ink[$0, y] > 0.4 }
    }
    let inked = shares.indices.filter { 10 * shares[$0] >= 7 * columns.count }
    guard let first = inked.first, let last = inked.last, last - first == inked.count - 1,
      Double(inked.count) < 1.1 * map.pixelsPerMillimeter
    else { return nil }
    return Double(levels.lowerBound) + Double(first + last) / 2
  }
}
