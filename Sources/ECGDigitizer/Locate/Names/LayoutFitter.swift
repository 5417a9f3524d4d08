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
