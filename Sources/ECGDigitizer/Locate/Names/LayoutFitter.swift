package import ECGCore

/// Fits known layouts to the names read on a page.
///
/// The fit asks how much the place where aVF should be looks like aVF, not which name is
/// the best there: several marks may stand at one place, and a fifth of the names may be
/// missing. A regular grid through two or three marks is found first; then every row and
/// column moves freely to where its own marks are, since curled or unevenly set pages have
/// no equal pitch.
package struct LayoutFitter: Sendable {
  /// The layouts that are tried.
  package var layouts: [LeadLayout]
  /// How far a name may lie from its row and column.
  package var toleranceMillimeters = 3.5
  /// What a slot costs whose name was not seen.
  package var emptySlotCost = 0.3
  /// What a mark costs, per score, that no slot explains.
  package var unexplainedCost = 0.35
  /// What a rhythm strip's name adds, per score.
  package var rhythmWeight = 0.5
  /// What a layout costs that few pages have.
  package var rareLayoutCost = 0.8
  /// A mark reads as aVR upside down also where no minus was seen, and the reverse.
  package var uprightFromInverted = 0.9
  package var invertedFromUpright = 0.75

  /// Creates a fitter; every known layout is tried unless told otherwise.
  package init(layouts: [LeadLayout] = LeadLayout.known) { self.layouts = layouts }

  /// The fits of all layouts to `marks`, best first.
  package func fits(to marks: [PrintedMark]) -> [LayoutFit] {
    layouts.compactMap { fit($0, to: marks) }.sorted { $0.score > $1.score }
  }

  /// The best fit of one layout, or `nil` if fewer than two of its names were read or no
  /// grid of a sensible pitch runs through them.
  package func fit(_ layout: LeadLayout, to marks: [PrintedMark]) -> LayoutFit? {
    let candidates = self.candidates(for: layout, among: marks)
    guard let grid = regularGrid(of: layout, through: candidates),
      let lines = freeLines(of: layout, near: grid, through: candidates)
    else { return nil }

    var best: [Int: LayoutFit.Seen] = [:]
    for candidate in candidates {
      let dx = candidate.x - lines.x[candidate.column]
      let dy = candidate.y - lines.y[candidate.row]
      let value = candidate.value(
        at: (dx * dx + dy * dy) / (toleranceMillimeters * toleranceMillimeters))
      if value > 0.05, value > best[candidate.slot]?.value ?? 0 {
        best[candidate.slot] = LayoutFit.Seen(
          slot: candidate.slot, mark: candidate.mark, value: value)
      }
    }
    let seen = best.values.sorted { $0.slot < $1.slot }
    let left = strongestPerPlace(marks).filter { mark in
      !seen.contains {
        abs($0.mark.xMillimeters - mark.xMillimeters) < 3
          && abs($0.mark.yMillimeters - mark.yMillimeters) < 2.5
      }
    }
    let rhythm = rhythmNames(among: left, below: lines, rowPitch: grid.rowPitch)
    let unexplained = left.filter { mark in
      mark.score > 0.4 && mark.kind.lead != nil && mark.kind != .invertedAVR
        && !rhythm.contains(mark)
    }.reduce(0) { $0 + $1.score }
    let values = seen.reduce(0) { $0 + $1.value }
    let empty = Double(layout.slots.count - seen.count)
    return LayoutFit(
      layout: layout, rowYMillimeters: lines.y, columnXMillimeters: lines.x, seen: seen,
      rhythm: rhythm, unexplainedScore: unexplained,
      score: values - emptySlotCost * empty - unexplainedCost * unexplained
        + rhythmWeight * rhythm.reduce(0) { $0 + $1.score }
        - (layout.isRare ? rareLayoutCost : 0))
  }

  /// Each place's strongest name; marks that are no names are left out.
  package func strongestPerPlace(_ marks: [PrintedMark]) -> [PrintedMark] {
    var kept: [PrintedMark] = []
    for mark in marks.filter(\.kind.isName).sorted(by: { $0.score > $1.score })
    where kept.allSatisfy({
      abs($0.xMillimeters - mark.xMillimeters) > 2.9
        || abs($0.yMillimeters - mark.yMillimeters) > 2.2
    }) {
      kept.append(mark)
    }
    return kept
  }
}

/// A mark taken as the name of one slot.
struct SlotCandidate {
  var slot: Int
  var row: Int
  var column: Int
  var mark: PrintedMark
  var x: Double
  var y: Double
  var score: Double

  /// What the mark is worth at a squared distance, in tolerances, from its place.
  func value(at squaredDistance: Double) -> Double {
    squaredDistance < 1 ? score * (1 - squaredDistance).squareRoot() : 0
  }
}

extension LayoutFitter {
  /// The five strongest marks for each slot of `layout`.
  func candidates(for layout: LeadLayout, among marks: [PrintedMark]) -> [SlotCandidate] {
    var all: [SlotCandidate] = []
    for (index, slot) in layout.slots.enumerated() {
      var own: [SlotCandidate] = []
      for mark in marks {
        guard mark.kind.lead == slot.lead else { continue }
        var factor = 1.0
        if slot.lead == .aVR, (mark.kind == .invertedAVR) != slot.isInverted {
          factor = slot.isInverted ? invertedFromUpright : uprightFromInverted
        }
        guard mark.score * factor > 0.12 else { continue }
        own.append(
          SlotCandidate(
            slot: index, row: slot.row, column: slot.column, mark: mark, x: mark.xMillimeters,
            y: mark.yMillimeters, score: mark.score * factor))
      }
      all += own.sorted { $0.score > $1.score }.prefix(5)
    }
    return all
  }
}

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

/// A grid of equal pitch: the name of row `r`, column `c` lies at (x + c·columnPitch, y + r·rowPitch).
struct RegularGrid {
  var x: Double
  var columnPitch: Double
  var y: Double
  var rowPitch: Double

  /// Pitches that pages have.
  static let columnPitches = 15.0...260.0
  static let rowPitches = 5.0...75.0
}

extension LayoutFitter {
  /// The grid with the highest loose score, through every pair of the strongest candidates,
  /// and a third one where the pair shares a row or a column.
  func regularGrid(of layout: LeadLayout, through candidates: [SlotCandidate]) -> RegularGrid? {
    let strong = candidates.sorted { $0.score > $1.score }.prefix(26)
    var best: (score: Double, grid: RegularGrid)?
    func consider(_ a: SlotCandidate, columnPitch: Double, rowPitch: Double) {
      guard RegularGrid.columnPitches.contains(columnPitch),
        RegularGrid.rowPitches.contains(rowPitch)
      else { return }
      let grid = RegularGrid(
        x: a.x - Double(a.column) * columnPitch, columnPitch: columnPitch,
        y: a.y - Double(a.row) * rowPitch, rowPitch: rowPitch)
      let score = looseScore(of: grid, slots: layout.slots.count, candidates)
      if score > best?.score ?? 0 { best = (score, grid) }
    }

    for (i, a) in strong.enumerated() {
      for b in strong.dropFirst(i + 1) where b.slot != a.slot {
        let (rows, columns) = (b.row - a.row, b.column - a.column)
        if columns == 0, abs(b.x - a.x) > toleranceMillimeters { continue }
        if rows == 0, abs(b.y - a.y) > toleranceMillimeters { continue }
        var columnPitch = columns == 0 ? nil : (b.x - a.x) / Double(columns)
        var rowPitch = rows == 0 ? nil : (b.y - a.y) / Double(rows)
        if let columnPitch, !RegularGrid.columnPitches.contains(columnPitch) { continue }
        if let rowPitch, !RegularGrid.rowPitches.contains(rowPitch) { continue }
        if layout.columns == 1 { columnPitch = 40 }
        if layout.rows == 1 { rowPitch = 20 }
        if let columnPitch, let rowPitch {
          consider(a, columnPitch: columnPitch, rowPitch: rowPitch)
          continue
        }
        for third in strong.prefix(14) where third.slot != a.slot && third.slot != b.slot {
          let (r, c) = (third.row - a.row, third.column - a.column)
          if (columnPitch == nil && c == 0) || (rowPitch == nil && r == 0) { continue }
          consider(
            a, columnPitch: columnPitch ?? (third.x - a.x) / Double(c),
            rowPitch: rowPitch ?? (third.y - a.y) / Double(r))
        }
      }
    }
    return best?.grid
  }

  /// The sum over slots of the best candidate's value, with a tolerance that grows with the pitch.
  private func looseScore(
    of grid: RegularGrid, slots: Int, _ candidates: [SlotCandidate]
  ) -> Double {
    let scaleX = 1 / max(toleranceMillimeters, 0.06 * grid.columnPitch)
    let scaleY = 1 / max(toleranceMillimeters, 0.25 * grid.rowPitch)
    var total = 0.0
    var (slot, best) = (-1, 0.0)
    for candidate in candidates {  // sorted by slot
      if candidate.slot != slot {
        total += best
        (slot, best) = (candidate.slot, 0)
      }
      guard candidate.score > best else { continue }
      let dx = (candidate.x - grid.x - Double(candidate.column) * grid.columnPitch) * scaleX
      let dy = (candidate.y - grid.y - Double(candidate.row) * grid.rowPitch) * scaleY
      best = max(best, candidate.value(at: dx * dx + dy * dy))
    }
    return total + best
  }
}

extension LayoutFitter {
  /// The names of rhythm strips: below the last row, in the first column, one per strip.
  ///
  /// A bare I must be surer than other names: R waves and pieces of grid look like it, and a
  /// rhythm strip has no neighbours that would vouch for it.
  func rhythmNames(
    among left: [PrintedMark], below lines: FreeLines, rowPitch gridPitch: Double
  ) -> [PrintedMark] {
    guard let lastRow = lines.y.last, let firstRow = lines.y.first,
      let firstColumn = lines.x.first
    else { return [] }
    let pitch = lines.y.count > 1 ? (lastRow - firstRow) / Double(lines.y.count - 1) : gridPitch
    let below = left.filter { mark in
      guard mark.kind.lead != nil, mark.kind != .invertedAVR else { return false }
      return mark.score > (mark.kind == .name(.I) ? 0.5 : 0.33)
        && abs(mark.xMillimeters - firstColumn) < toleranceMillimeters + 1
        && mark.yMillimeters > lastRow + 0.35 * pitch
        && mark.yMillimeters < lastRow + 3.9 * pitch
    }.sorted { $0.yMillimeters < $1.yMillimeters }
    var strips: [PrintedMark] = []
    for mark in below {
      if let last = strips.last, mark.yMillimeters - last.yMillimeters < 0.4 * pitch {
        if mark.score > last.score { strips[strips.count - 1] = mark }
      } else {
        strips.append(mark)
      }
    }
    return strips
  }
}
