import ECGCore

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
