import ECGImaging
import ECGNumerics

/// A calibration pulse that a row's path runs through: a plateau of thin ink between two legs.
struct PathPulse {
  private let limits: FollowParameters.Pulses
  private var parameters: FollowParameters.OnPath { limits.onPath }

  init(_ limits: FollowParameters.Pulses) { self.limits = limits }

  /// The pulse near one end of `path`, if there is one; of several the last.
  func pulse(on path: InkPath, isHead: Bool, in map: InkMap) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    let columns = end(of: path, isHead: isHead, s)
    var best: CalibrationPulse?
    var start = columns.lowerBound
    while start < columns.upperBound {
      guard let plateau = plateau(of: path, from: start, within: columns, s) else {
        start += 1
        continue
      }
      start = plateau.upperBound + 1
      best = pulse(on: path, plateau: plateau, isHead: isHead, in: map) ?? best
    }
    return best
  }

  /// The first or last columns of a path in which a pulse may lie, as indices of its arrays.
  private func end(of path: InkPath, isHead: Bool, _ s: Double) -> Range<Int> {
    guard let first = path.spans.firstIndex(where: { $0 != nil }),
      let last = path.spans.lastIndex(where: { $0 != nil })
    else { return 0..<0 }
    let width = Int(limits.reach * s)
    return isHead ? first..<min(first + width, last) : max(first, last - width)..<(last + 1)
  }

  /// The columns from `start` on whose ink begins at one level; `nil` where there is no ink.
  private func plateau(
    of path: InkPath, from start: Int, within columns: Range<Int>, _ s: Double
  ) -> ClosedRange<Int>? {
    guard let level = path.spans[start]?.lowerBound else { return nil }
    var end = start
    while end + 1 < columns.upperBound, let next = path.spans[end + 1]?.lowerBound,
      abs(Double(next) - Double(level)) < parameters.flatness * s
    {
      end += 1
    }
    return start...end
  }

  /// The pulse whose top is `plateau`, if it has legs and a foot.
  private func pulse(
    on path: InkPath, plateau columns: ClosedRange<Int>, isHead: Bool, in map: InkMap
  ) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    let widths = (limits.width.lowerBound * s)...(limits.width.upperBound * s)
    guard widths.contains(Double(columns.count)),
      let level = path.spans[columns.lowerBound]?.lowerBound
    else { return nil }
    // The plateau's own columns: thin ink at the top, no leg.
    let flat = columns.filter {
      path.spans[$0].map { Double($0.count) < parameters.plateauThickness * s } ?? false
    }
    guard let left = flat.first, let right = flat.last,
      Double(flat.count) > parameters.leastPlateau * s,
      let rise = leg(of: path, beside: left, level: Double(level), s),
      let fall = leg(of: path, beside: right, level: Double(level), s),
      widths.contains(fall.x - rise.x),
      abs(rise.bottom - fall.bottom) < parameters.mostLegDifference * s,
      let top = flat.map({ centre(of: path, $0, in: map) }).median()
    else { return nil }
    // The outer leg ends at the foot; the inner one may run on into the trace.
    let thickness = Double(path.spans[flat[flat.count / 2]]?.count ?? 0)
    let outer = isHead ? rise : fall
    let foot =
      foot(of: path, outside: Int(outer.x.rounded()), step: isHead ? -1 : 1, in: map)
      ?? outer.bottom + 0.5 - thickness / 2
    let height = foot - top
    guard height >= limits.heightOnPath.lowerBound * s, height <= limits.heightOnPath.upperBound * s
    else { return nil }
    let first = Double(path.firstColumn)
    return CalibrationPulse(
      riseX: rise.x + first, fallX: fall.x + first, footY: foot, height: height, isAtHead: isHead)
  }

  /// The row of the centre of the path's ink in its column `i`.
  private func centre(of path: InkPath, _ i: Int, in map: InkMap) -> Double {
    guard let span = path.spans[i] else { return Double(path.rows[i]) }
    let rows = map.ink.rows(span.lowerBound - 1, through: span.upperBound + 1)
    let centre = map.ink.inkCentre(column: path.firstColumn + i, rows: rows, as: Float.self)
    return centre.mass > 0 ? centre.row : Double(path.rows[i])
  }

  /// The upright stroke next to plateau column `i`: its place and its lower end.
  private func leg(
    of path: InkPath, beside i: Int, level: Double, _ s: Double
  ) -> (x: Double, bottom: Double)? {
    let reach = Int(parameters.legReach * s)
    var (mass, moment) = (0.0, 0.0)
    var bottom: Double?
    for k in max(0, i - reach)...min(path.spans.count - 1, i + reach) {
      guard let span = path.spans[k], Double(span.lowerBound) < level + parameters.legTop * s,
        Double(span.count) > parameters.leastLeg * s
      else { continue }
      mass += Double(span.count)
      moment += Double(span.count) * Double(k)
      bottom = max(bottom ?? 0, Double(span.upperBound))
    }
    return bottom.map { (moment / mass, $0) }
  }

  /// The level of the foot: the thin ink just outside the outer leg.
  private func foot(of path: InkPath, outside leg: Int, step: Int, in map: InkMap) -> Double? {
    let s = map.pixelsPerMillimeter
    let distances = (Int(parameters.footFrom * s) + 1)...(Int(parameters.footTo * s) + 1)
    let levels = distances.compactMap { distance -> Double? in
      let i = leg + step * distance
      guard path.spans.indices.contains(i), let span = path.spans[i],
        Double(span.count) < parameters.footThickness * s
      else { return nil }
      return centre(of: path, i, in: map)
    }
    return levels.count >= 3 ? levels.median() : nil
  }
}
