/// Working memory for one pixel column: how far each pixel is covered by the stroke, and how
/// the cover changes with each knot.
///
/// Owns its memory: ``deallocate()`` gives it back.
struct StrokeScratch {
  /// Per row: the covered part, 0…1.
  let cover: UnsafeMutablePointer<Float>
  /// Per row and knot of the column: ∂cover/∂y; a row takes ``lanes`` vectors, what is beyond the
  /// last knot stays 0.
  let slopes: UnsafeMutablePointer<Float>
  /// Per row: the first and last knot with a slope; empty where low > high.
  let lows: UnsafeMutablePointer<Int32>
  let highs: UnsafeMutablePointer<Int32>
  private let steps: UnsafeMutablePointer<Float>
  private let span: Int
  /// Vectors of four that hold the knots of a column.
  let lanes: Int

  init(rows: Int, span: Int) {
    self.span = span
    lanes = StrokeScratch.lanes(span: span)
    cover = .allocate(capacity: rows)
    cover.initialize(repeating: 0, count: rows)
    steps = .allocate(capacity: rows + 1)
    steps.initialize(repeating: 0, count: rows + 1)
    let vectors = UnsafeMutablePointer<SIMD4<Float>>.allocate(capacity: rows * lanes)
    vectors.initialize(repeating: .zero, count: rows * lanes)
    slopes = UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Float.self)
    lows = .allocate(capacity: rows)
    lows.initialize(repeating: 0, count: rows)
    highs = .allocate(capacity: rows)
    highs.initialize(repeating: -1, count: rows)
  }

  /// Vectors of four that hold `span` knots.
  static func lanes(span: Int) -> Int { (span + 3) / 4 }

  func deallocate() {
    cover.deallocate()
    steps.deallocate()
    slopes.deallocate()
    lows.deallocate()
    highs.deallocate()
  }

  /// Empties the first `rows` rows.
  func clear(rows: Int) {
    for r in 0..<rows {
      cover[r] = 0
      steps[r] = 0
      if lows[r] <= highs[r] {
        let row = slopes + r &* (4 &* lanes)
        for i in Int(lows[r])...Int(highs[r]) { row[i] = 0 }
      }
      lows[r] = Int32(truncatingIfNeeded: span)
      highs[r] = -1
    }
    steps[rows] = 0
  }

  /// Adds up what ``add(_:of:weight:top:rows:base:)`` left for whole stretches.
  func settle(rows: Int) {
    var sum: Float = 0
    for r in 0..<rows {
      sum += steps[r]
      cover[r] += sum
    }
  }

  /// Adds `weight` to all of the rows `top ..< top + rows` below edge `e` of `zones`, rising as the
  /// edge does; knot `base` stands in place 0 of ``slopes``.
  @inline(__always)
  func add(_ e: Int, of zones: StrokeZones, weight: Float, top: Int, rows: Int, base: Int) {
    let zone = zones.zones[e]
    let begin = Int(zone.row) &- top
    let end = begin &+ Int(zone.count)
    // Rows below the zone of the edge are covered in full.
    if end < rows { steps[max(end, 0)] += weight }
    let (first, last) = (max(begin, 0), min(end, rows))
    guard first < last else { return }
    let from = e &* zones.most &+ first &- begin
    let (count, rise, cover) = (last &- first, zones.rises + from, cover + first)
    for i in 0..<count { cover[i] += weight * rise[i] }
    let knot = Int(zone.knot) &- base
    guard knot >= 0 && knot &+ 1 < span else { return }
    let (low, high) = (Int32(truncatingIfNeeded: knot), Int32(truncatingIfNeeded: knot &+ 1))
    let (lows, highs, slope) = (lows + first, highs + first, zones.slopes + from)
    for i in 0..<count { lows[i] = min(lows[i], low) }
    for i in 0..<count { highs[i] = max(highs[i], high) }
    let (left, right) = (-weight * (1 - zone.place), -weight * zone.place)
    var at = slopes + (first &* (4 &* lanes) &+ knot)
    for i in 0..<count {
      at[0] += left * slope[i]
      at[1] += right * slope[i]
      at += 4 &* lanes
    }
  }
}
