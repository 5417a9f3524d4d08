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

  /// Adds up what ``add(_:weight:top:rows:base:profile:rise:slope:)`` left for whole stretches.
  func settle(rows: Int) {
    var sum: Float = 0
    for r in 0..<rows {
      sum += steps[r]
      cover[r] += sum
    }
  }

  /// Adds `weight` to all of the rows `top ..< top + rows` below `edge`, rising as the profile
  /// with the tables `rise` and `slope` does; knot `base` stands in place 0 of ``slopes``.
  @inline(__always)
  func add(
    _ edge: StrokeEdges.Edge, weight: Float, top: Int, rows: Int, base: Int, profile: EdgeProfile,
    rise: UnsafePointer<Float>, slope: UnsafePointer<Float>
  ) {
    let local = edge.y - Double(top)
    let begin = min(max(local - profile.reach, -1), Double(rows))
    let end = min(max(local + profile.reach, -1), Double(rows))
    // Rounded up and down without a call: both lie in −1…rows.
    let from = rows &- Int(Double(rows) - begin)
    let last = Int(end + 1) &- 1
    let (first, to) = (max(from, 0), min(last, rows &- 1))
    // Rows below the zone of the edge are covered in full.
    if to &+ 1 < rows { steps[max(to &+ 1, 0)] += weight }
    guard first <= to else { return }
    // The next row lies one pixel further: a whole number of table steps.
    let position = (Double(first) - local + profile.reach) * Double(profile.stepsPerPixel)
    let step = profile.stepsPerPixel
    var k = Int(position)
    let f = Float(position - Double(k))
    let knot = Int(edge.knot) &- base
    guard knot >= 0 && knot &+ 1 < span else {
      for r in first...to {
        cover[r] += weight * (rise[k] + f * (rise[k &+ 1] - rise[k]))
        k = k &+ step
      }
      return
    }
    let (left, right) = (-weight * (1 - edge.place), -weight * edge.place)
    let (low, high) = (Int32(truncatingIfNeeded: knot), Int32(truncatingIfNeeded: knot &+ 1))
    var at = slopes + (first &* (4 &* lanes) &+ knot)
    for r in first...to {
      cover[r] += weight * (rise[k] + f * (rise[k &+ 1] - rise[k]))
      let d = slope[k] + f * (slope[k &+ 1] - slope[k])
      at[0] += left * d
      at[1] += right * d
      lows[r] = min(lows[r], low)
      highs[r] = max(highs[r], high)
      at += 4 &* lanes
      k = k &+ step
    }
  }
}
