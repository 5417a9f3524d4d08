import ECGCore

/// The places of rows and columns, each free.
struct FreeLines {
  var x: [Double]
  var y: [Double]
}

extension LayoutFitter {
  /// Moves every row and column to where its own marks are, twice.
  ///
  /// Rows and columns without marks move with their neighbours.
  /// - Returns: `nil` if rows or columns end up closer than any page prints them.
  func freeLines(
    of layout: LeadLayout, near grid: RegularGrid, through candidates: [SlotCandidate]
  ) -> FreeLines? {
    var x = (0..<layout.columns).map { grid.x + Double($0) * grid.columnPitch }
    var y = (0..<layout.rows).map { grid.y + Double($0) * grid.rowPitch }
    let reachX = min(max(toleranceMillimeters, 0.12 * grid.columnPitch), 8)
    let reachY = max(toleranceMillimeters, 0.3 * grid.rowPitch)
    for round in 0..<2 {
      let near = round == 0 ? reachX : toleranceMillimeters
      let foundY = y.indices.map { r in
        strongestLine(
          near: y[r], reach: reachY,
          marks: candidates.filter { $0.row == r && abs($0.x - x[$0.column]) < near }
            .map { ($0.y, $0.score) })
      }
      y = moved(y, to: foundY)
      let foundX = x.indices.map { c in
        strongestLine(
          near: x[c], reach: reachX,
          marks: candidates.filter {
            $0.column == c && abs($0.y - y[$0.row]) < toleranceMillimeters
          }.map { ($0.x, $0.score) })
      }
      x = moved(x, to: foundX)
    }
    guard zip(y, y.dropFirst()).allSatisfy({ $1 - $0 >= 4 }),
      zip(x, x.dropFirst()).allSatisfy({ $1 - $0 >= 12 })
    else { return nil }
    return FreeLines(x: x, y: y)
  }

  /// The place near `start` with the most marks; `nil` if there is none within reach.
  private func strongestLine(
    near start: Double, reach: Double, marks: [(place: Double, score: Double)]
  ) -> Double? {
    guard !marks.isEmpty else { return nil }
    var best = (weight: 0.05, place: Double?.none)
    for step in 0...Int(2 * reach / 0.5) {
      let place = start - reach + 0.5 * Double(step)
      // The small cost of distance settles ties between equal places.
      var weight = -0.0005 * abs(place - start)
      for mark in marks {
        let d = (place - mark.place) / toleranceMillimeters
        weight += max(0, 1 - d * d) * mark.score
      }
      if weight > best.weight { best = (weight, place) }
    }
    return best.place
  }

  /// `lines` moved to where they were found; the others by what lies between their neighbours' moves.
  private func moved(_ lines: [Double], to found: [Double?]) -> [Double] {
    let known = found.indices.filter { found[$0] != nil }
    guard let first = known.first, let last = known.last else { return lines }
    func shift(_ i: Int) -> Double { (found[i] ?? lines[i]) - lines[i] }
    return lines.indices.map { i in
      if found[i] != nil { return lines[i] + shift(i) }
      if i < first { return lines[i] + shift(first) }
      if i > last { return lines[i] + shift(last) }
      let before = known.last { $0 < i } ?? first
      let after = known.first { $0 > i } ?? last
      let t = Double(i - before) / Double(after - before)
      return lines[i] + (1 - t) * shift(before) + t * shift(after)
    }
  }
}
