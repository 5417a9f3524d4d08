/// Working memory for one pixel column: how far each pixel is covered by the stroke, and how
/// the cover changes with each knot.
///
/// Owns its memory: ``deallocate()`` gives it back.
struct StrokeScratch {
  /// Per row: the covered part, 0…1.
  let cover: UnsafeMutablePointer<Float>
  /// Per row and knot of the column: ∂cover/∂y.
  let slopes: UnsafeMutablePointer<Float>
  /// Per row: the first and last knot with a slope; empty where low > high.
  let lows: UnsafeMutablePointer<Int32>
  let highs: UnsafeMutablePointer<Int32>
  private let steps: UnsafeMutablePointer<Float>
  private let span: Int

  init(rows: Int, span: Int) {
    self.span = span
    cover = .allocate(capacity: rows)
    cover.initialize(repeating: 0, count: rows)
    steps = .allocate(capacity: rows + 1)
    steps.initialize(repeating: 0, count: rows + 1)
    slopes = .allocate(capacity: rows * span)
    slopes.initialize(repeating: 0, count: rows * span)
    lows = .allocate(capacity: rows)
    lows.initialize(repeating: 0, count: rows)
    highs = .allocate(capacity: rows)
    highs.initialize(repeating: -1, count: rows)
  }

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
        for i in (r * span + Int(lows[r]))...(r * span + Int(highs[r])) { slopes[i] = 0 }
      }
      lows[r] = Int32(span)
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
    rise: UnsafeBufferPointer<Float>, slope: UnsafeBufferPointer<Float>
  ) {
    let local = edge.y - Double(top)
    let begin = min(max(local - profile.reach, -1), Double(rows))
    let end = min(max(local + profile.reach, -1), Double(rows))
    let from = Int(begin.rounded(.up))
    let last = Int(end.rounded(.down))
    let (first, to) = (max(from, 0), min(last, rows - 1))
    // Rows below the zone of the edge are covered in full.
    if to + 1 < rows { steps[max(to + 1, 0)] += weight }
    guard first <= to else { return }
    // The next row lies one pixel further: a whole number of table steps.
    let position = (Double(first) - local + profile.reach) * Double(profile.stepsPerPixel)
    var k = Int(position)
    let f = Float(position - Double(k))
    let knot = Int(edge.knot) - base
    let isKnown = knot >= 0 && knot + 1 < span
    let (left, right) = (-weight * (1 - edge.place), -weight * edge.place)
    for r in first...to {
      cover[r] += weight * (rise[k] + f * (rise[k + 1] - rise[k]))
      if isKnown {
        let d = slope[k] + f * (slope[k + 1] - slope[k])
        let at = r * span + knot
        slopes[at] += left * d
        slopes[at + 1] += right * d
        lows[r] = min(lows[r], Int32(knot))
        highs[r] = max(highs[r], Int32(knot + 1))
      }
      k += profile.stepsPerPixel
    }
  }
}
