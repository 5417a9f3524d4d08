import ECGCore
import ECGImaging

/// Finds calibration pulses at the ends of the rows: rise, flat top, fall.
///
/// A pulse is a plateau 4–23 mm above its foot and 1.2–12 mm wide between two upright
/// strokes, within 18 mm of either end of a row. QRS complexes have no plateau. One pulse
/// alone could be chance; pulses at the same place in several rows, or one on a page of few
/// rows, are believed.
struct PulseFinder {
  /// How far from the row's end a pulse may lie, in mm.
  var reach = 18.0

  /// The pulses of all rows, at most one per row.
  func pulses(
    of rows: [PrintedRow], on paths: [InkPath], in map: InkMap
  ) -> [CalibrationPulse] {
    let s = map.pixelsPerMillimeter
    let found = paths.indices.flatMap { row in
      let (head, tail) = ends(of: paths[row], pixelsPerMillimeter: s)
      return [(head, true), (tail, false)].compactMap { columns, isHead in
        pulse(on: paths[row], row: row, columns: columns, isHead: isHead, map: map)
          ?? PulseBoxes().pulse(
            row: row, zero: rows[row].baselineY,
            columns: end(of: rows[row], isHead: isHead, pixelsPerMillimeter: s), isHead: isHead,
            in: map)
      }
    }
    // Pulses stand above each other; keep the largest group.
    let groups = found.map { one in
      found.filter { abs($0.riseX - one.riseX) < 1.2 * s && abs($0.fallX - one.fallX) < 1.2 * s }
    }
    guard let best = groups.max(by: { $0.count < $1.count }) else { return [] }
    let typical = PulseFinder.typicalHeight(of: best, pixelsPerMillimeter: s)
    let agreeing = best.filter { abs($0.height - typical) < 0.08 * typical + 0.3 * s }
    guard 3 * agreeing.count >= paths.count || agreeing.count >= 2 else { return [] }
    // All are one millivolt tall. A plateau is sure; beside a foot runs, at times, a line of the
    // grid that is taken for it.
    return agreeing.map { pulse in
      guard abs(pulse.height - typical) > 0.25 * s else { return pulse }
      var mended = pulse
      mended.footY -= pulse.height - typical
      mended.height = typical
      return mended
    }
  }

  /// The height that most pulses have; that of a pulse of 5, 10 or 20 mm, if there is one.
  private static func typicalHeight(
    of pulses: [CalibrationPulse], pixelsPerMillimeter s: Double
  ) -> Double {
    let heights = pulses.map(\.height).sorted()
    let median = heights[heights.count / 2]
    func distance(_ height: Double) -> Double {
      [5.0, 10, 20].map { abs(height / s - $0) }.min() ?? .infinity
    }
    guard let best = heights.min(by: { distance($0) < distance($1) }), distance(best) < 0.25,
      abs(best - median) < 0.15 * median
    else { return median }
    return best
  }

  /// The page columns about one end of a row.
  private func end(
    of row: PrintedRow, isHead: Bool, pixelsPerMillimeter s: Double
  ) -> Range<Int> {
    // A row may be found from where its trace starts, behind a wide pulse.
    let (width, margin) = (Int(reach * s), Int(15 * s))
    return isHead
      ? (row.extent.lowerBound - margin)..<(row.extent.lowerBound + width)
      : (row.extent.upperBound - width)..<(row.extent.upperBound + margin)
  }

  /// The first and last columns of a row in which a pulse may lie.
  private func ends(
    of path: InkPath, pixelsPerMillimeter s: Double
  ) -> (Range<Int>, Range<Int>) {
    let inked = path.spans.indices.filter { path.spans[$0] != nil }
    guard let first = inked.first, let last = inked.last else { return (0..<0, 0..<0) }
    let width = Int(reach * s)
    return (first..<min(first + width, last), max(first, last - width)..<(last + 1))
  }

  /// The pulse in `columns` (indices of the path's arrays), if there is one.
  private func pulse(
    on path: InkPath, row: Int, columns: Range<Int>, isHead: Bool, map: InkMap
  ) -> CalibrationPulse? {
    let s = map.pixelsPerMillimeter
    var best: CalibrationPulse?
    var start = columns.lowerBound
    while start < columns.upperBound {
      guard let level = top(path, start) else {
        start += 1
        continue
      }
      var end = start
      while end + 1 < columns.upperBound, let next = top(path, end + 1),
        abs(next - level) < 0.35 * s
      {
        end += 1
      }
      defer { start = end + 1 }
      let width = Double(end - start + 1)
      guard width >= 1.2 * s && width <= 13 * s else { continue }
      // The plateau's own columns: thin ink at the top, no leg.
      let flat = (start...end).filter { Double(path.spans[$0]?.count ?? 99) < 1.2 * s }
      guard let left = flat.first, let right = flat.last, Double(flat.count) > 0.5 * s else {
        continue
      }
      guard
        let rise = leg(path, around: left, level: level, in: columns, s: s),
        let fall = leg(path, around: right, level: level, in: columns, s: s),
        fall.x - rise.x >= 1.2 * s, fall.x - rise.x <= 13 * s,
        abs(rise.bottom - fall.bottom) < 6 * s
      else { continue }
      let plateau = flat.map { Double(centre(path, $0, map)) }.sorted()[flat.count / 2]
      // The outer leg ends at the foot; the inner one may run on into the trace.
      let thickness = Double(path.spans[flat[flat.count / 2]]?.count ?? 3)
      let outer = isHead ? rise : fall
      let foot =
        footLevel(path, outside: outer.index, step: isHead ? -1 : 1, map: map)
        ?? outer.bottom + 0.5 - thickness / 2
      let height = foot - plateau
      guard height >= 4 * s && height <= 23 * s else { continue }
      best = CalibrationPulse(
        row: row, riseX: rise.x + Double(path.firstColumn),
        fallX: fall.x + Double(path.firstColumn), footY: foot, height: height,
        isAtHead: isHead)
    }
    return best
  }

  private func top(_ path: InkPath, _ i: Int) -> Double? {
    path.spans[i].map { Double($0.lowerBound) }
  }

  /// The ink-weighted row of the path's column `i`.
  private func centre(_ path: InkPath, _ i: Int, _ map: InkMap) -> Float {
    guard let span = path.spans[i] else { return path.rows[i] }
    var (mass, moment) = (Float(0), Float(0))
    for y in max(0, span.lowerBound - 1)...min(map.ink.height - 1, span.upperBound + 1) {
      let weight = max(map.ink[path.firstColumn + i, y], 0)
      mass += weight
      moment += weight * Float(y)
    }
    return mass > 0 ? moment / mass : path.rows[i]
  }

  /// The upright stroke next to plateau column `i`: its place and its lower end.
  private func leg(
    _ path: InkPath, around i: Int, level: Double, in columns: Range<Int>, s: Double
  ) -> (x: Double, index: Int, bottom: Double)? {
    let near = max(0, i - Int(1.2 * s))...min(path.spans.count - 1, i + Int(1.2 * s))
    var (mass, moment) = (0.0, 0.0)
    var bottoms: [Double] = []
    for k in near {
      guard let span = path.spans[k], Double(span.lowerBound) < level + 1.5 * s,
        Double(span.count) > 3 * s
      else { continue }
      mass += Double(span.count)
      moment += Double(span.count) * Double(k)
      bottoms.append(Double(span.upperBound))
    }
    guard mass > 0, let bottom = bottoms.max() else { return nil }
    let x = moment / mass
    return (x, Int(x.rounded()), bottom)
  }

  /// The level of the foot: the ink just outside the outer leg.
  private func footLevel(
    _ path: InkPath, outside leg: Int, step: Int, map: InkMap
  ) -> Double? {
    let s = map.pixelsPerMillimeter
    let levels = ((Int(0.5 * s) + 1)...(Int(1.6 * s) + 1)).compactMap { distance -> Double? in
      let i = leg + step * distance
      guard path.spans.indices.contains(i), let span = path.spans[i],
        Double(span.count) < 1.0 * s
      else { return nil }
      return Double(centre(path, i, map))
    }
    return levels.count >= 3 ? levels.sorted()[levels.count / 2] : nil
  }
}
