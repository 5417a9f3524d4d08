import ECGImaging
import ECGNumerics

/// A calibration pulse by its ink alone: two upright strokes joined by a flat top, nothing between.
///
/// Needs no path along the row, which on narrow pages leaves the pulse where it comes near the
/// row above. No heart draws such a box.
struct InkPulse {
  private let limits: FollowParameters.Pulses
  private var parameters: FollowParameters.InInk { limits.inInk }

  init(_ limits: FollowParameters.Pulses) { self.limits = limits }

  /// The pulse at one end of a row that was found in the columns `extent`, with its zero line near
  /// `zero`; `nil` if there is none.
  func pulse(
    zero: Double, at extent: ClosedRange<Int>, isHead: Bool, in map: InkMap
  ) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    let (inside, beyond) = (Int(limits.reach * s), Int(limits.beyond * s))
    let columns =
      isHead
      ? map.ink.columns(extent.lowerBound - beyond, through: extent.lowerBound + inside - 1)
      : map.ink.columns(extent.upperBound - inside, through: extent.upperBound + beyond - 1)
    // The zero line is known to a millimetre or two only.
    for shift in [0, -parameters.zeroSlack, parameters.zeroSlack] {
      let level = Int((zero + (shift - parameters.legLevel) * s).rounded())
      guard level > 0, level < map.ink.height else { continue }
      let strokes = strokes(at: level, columns, map)
      // Only neighbours: between the strokes of a pulse there is nothing.
      for (left, right) in zip(strokes, strokes.dropFirst())
      where limits.width.contains((right - left) / s) {
        if let box = box(left, right, level: level, isHead: isHead, in: map) { return box }
      }
    }
    return nil
  }

  /// The centres of narrow strokes of ink that cross `level`.
  private func strokes(at level: Int, _ columns: Range<Int>, _ map: InkMap) -> [Double] {
    var found: [Double] = []
    var start: Int?
    for x in columns.lowerBound..<(columns.upperBound + 1) {
      let isInk = x < columns.upperBound && map.ink[x, level] > parameters.ink
      if isInk, start == nil { start = x }
      guard !isInk, let from = start else { continue }
      start = nil
      guard Double(x - from) < parameters.legWidth * map.pixelsPerMillimeter else { continue }
      var (mass, moment) = (0.0, 0.0)
      for u in max(columns.lowerBound, from - 1)..<min(columns.upperBound, x + 1) {
        let ink = Double(max(map.ink[u, level], 0))
        mass += ink
        moment += ink * Double(u)
      }
      found.append(moment / mass)
    }
    return found
  }

  private func box(
    _ left: Double, _ right: Double, level: Int, isHead: Bool, in map: InkMap
  ) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    guard let plateau = plateau(between: left, right, above: level, in: map),
      isLeg(left, from: plateau, to: level, map), isLeg(right, from: plateau, to: level, map),
      let foot = foot(of: isHead ? left : right, below: level, outward: isHead ? -1 : 1, map)
    else { return nil }
    let rise = foot - plateau
    guard limits.heightInInk.contains(rise / s) else { return nil }
    return CalibrationPulse(
      riseX: left, fallX: right, footY: foot, height: rise, isAtHead: isHead)
  }

  /// The row of the flat line that joins strokes at `left` and `right`, with nothing below it down
  /// to `level`.
  private func plateau(
    between left: Double, _ right: Double, above level: Int, in map: InkMap
  ) -> Double? {
    let s = map.pixelsPerMillimeter
    let inner = max(parameters.inset * s, parameters.insetShare * (right - left))
    let first = Int((left + inner).rounded())
    let columns = first...max(first, Int((right - inner).rounded()))
    let highest = max(0, level - Int(limits.heightInInk.upperBound * s))
    let tops = columns.compactMap { line(above: level, to: highest, $0, map) }
    guard tops.count >= 2, 5 * (columns.count - tops.count) <= tops.count,
      let plateau = tops.median()
    else { return nil }
    let flat = tops.count { abs($0 - plateau) < parameters.flatness * s }
    return 10 * flat >= 8 * tops.count ? plateau : nil
  }

  /// The middle of the first ink above `level` in column `x`, if it is a thin line.
  private func line(above level: Int, to highest: Int, _ x: Int, _ map: InkMap) -> Double? {
    let ink = map.ink
    guard ink[x, level] < parameters.ink,
      let bottom = (highest..<level).reversed().first(where: { ink[x, $0] > parameters.ink })
    else { return nil }
    let depth = Int(parameters.plateauDepth * map.pixelsPerMillimeter)
    var top = bottom + 1
    while top > 0, top - 1 > bottom - depth,
      top > bottom || Double(max(ink[x, top - 1], 0)) >= parameters.faint
    {
      top -= 1
    }
    let rows = top..<(bottom + 2)
    let centre = ink.inkCentre(column: x, rows: rows, as: Double.self)
    let most = parameters.plateauThickness * map.pixelsPerMillimeter
    return Double(rows.count) < most && centre.mass > 0 ? centre.row : nil
  }

  /// Whether ink runs upright along column `x`.
  private func isLeg(_ x: Double, from top: Double, to level: Int, _ map: InkMap) -> Bool {
    let reach = max(1, Int(parameters.legReach * map.pixelsPerMillimeter))
    let column = Int(x.rounded())
    let near = map.ink.columns(column - reach, through: column + reach)
    let first = Int(top.rounded())
    let rows = first...max(first, level)
    let inked = rows.count { y in near.contains { map.ink[$0, y] > parameters.sideInk } }
    return 10 * inked >= 9 * rows.count
  }

  /// The level of the foot: where the outer stroke ends, or the line that leaves it outwards.
  private func foot(
    of x: Double, below level: Int, outward step: Int, _ map: InkMap
  ) -> Double? {
    let s = map.pixelsPerMillimeter
    let column = Int(x.rounded())
    let lowest = min(map.ink.height - 1, level + Int(parameters.footDepth * s))
    let leg = map.ink.columns(column - 1, through: column + 1)
    let isInk = { (y: Int) in leg.contains { map.ink[$0, y] > parameters.ink } }
    guard let end = (level...lowest).prefix(while: isInk).last else { return nil }
    let (near, far) = (Int(parameters.footFrom * s), Int(parameters.footTo * s))
    let beside =
      step < 0
      ? map.ink.columns(column - far, through: column - near)
      : map.ink.columns(column + near, through: column + far)
    // Pulses that stand on each other go on: only the line that leaves the stroke tells.
    guard end < lowest else {
      let deepest = min(lowest, level + Int(parameters.lineDepth * s))
      return line(through: beside, levels: level...deepest, map)
    }
    let rows = map.ink.rows(
      end - Int(parameters.footAbove * s), through: end + Int(parameters.footBelow * s))
    let levels = beside.map { map.ink.inkCentre(column: $0, rows: rows, as: Double.self) }
      .filter { $0.mass > 1 }.map(\.row)
    if levels.count >= 3, let level = levels.median() { return level }
    return Double(end) + 0.5 - parameters.halfFoot * s
  }

  /// The middle of the one thin line that runs through most of `columns`; `nil` if there is none.
  private func line(through columns: Range<Int>, levels: ClosedRange<Int>, _ map: InkMap) -> Double?
  {
    guard !columns.isEmpty else { return nil }
    let inked = levels.filter { y in
      10 * columns.count { map.ink[$0, y] > parameters.sideInk } >= 7 * columns.count
    }
    guard let first = inked.first, let last = inked.last, last - first == inked.count - 1,
      Double(inked.count) < parameters.lineThickness * map.pixelsPerMillimeter
    else { return nil }
    return Double(first + last) / 2
  }
}
