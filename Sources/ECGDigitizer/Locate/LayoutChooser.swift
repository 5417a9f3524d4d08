import ECGCore
import ECGImaging

/// Chooses which of the rows that were followed are traces, and the layout they form.
///
/// Grid lines, folds and page edges can pass for rows. Every subset of rows is tried with
/// every layout of that many rows, upright, upside down and mirrored; the relations between leads, bars
/// where the layout has them, even spacing and the rows' own ink decide together.
struct LayoutChooser {
  /// A layout laid over a subset of the rows.
  struct Choice {
    var hypothesis: LayoutHypothesis
    var rows: [FollowedRow]
    var extent: TimeExtent
    var bars: SeparatorBars
    var evidence: Double

    /// Whether every boundary between columns shows a bar.
    var isBarred: Bool {
      !bars.centres.isEmpty && bars.centres.allSatisfy { $0 != nil }
    }
  }

  /// The most subsets that are tried.
  var mostSubsets = 120
  /// The paper speed that is declared or usual.
  var millimetersPerSecond = 25.0
  /// The layout that a person declared.
  var declared: LeadLayout?

  /// The best choice, or `nil` if no layout has that many rows.
  func choose(_ rows: [FollowedRow], in map: InkMap) -> Choice? {
    let strongest = rows.map(\.row.strength).max() ?? 1
    let s = map.pixelsPerMillimeter
    let ends = RowEnds.all(rows, in: map)
    var best: Choice?
    for subset in LayoutChooser.subsets(rows, most: mostSubsets) {
      let kept = subset.map { rows[$0] }
      let dropped = rows.indices.filter { !subset.contains($0) }
      // Leaving out a row costs what it looks like a trace.
      let price = dropped.reduce(0.0) { sum, k in
        sum + max(1.3 * (rows[k].row.strength / strongest - 0.45), 0.08)
      }
      guard let extent = TimeExtent(subset.map { ends[$0] }, pixelsPerMillimeter: s) else {
        continue
      }
      let round = extent.roundLength(second: millimetersPerSecond * s)
      for alternative in extent.alternatives(round: round) {
        guard let choice = choice(kept, alternative, map) else { continue }
        // What the ink itself shows is preferred by a little.
        let evidence = choice.evidence - price - (alternative == extent ? 0 : 0.03)
        if evidence > best?.evidence ?? -.infinity {
          best = choice
          best?.evidence = evidence
        }
      }
    }
    return best
  }

  /// The best layout over all of `rows`.
  private func choice(_ rows: [FollowedRow], _ extent: TimeExtent, _ map: InkMap) -> Choice? {
    let candidates = StandardLayouts.candidates(rowCount: rows.count, declared: declared)
    var best: Choice?
    var barsByColumns: [Int: SeparatorBars] = [:]
    for layout in candidates {
      for position in PagePosition.alongRows {
        let body =
          position.reversesRows
          ? Array(rows.suffix(layout.rows)) : Array(rows.prefix(layout.rows))
        let key = layout.columns * 100 + layout.rows * 2 + (position.reversesRows ? 1 : 0)
        let bars =
          barsByColumns[key]
          ?? SeparatorBars(
            at: LayoutChooser.boundaries(layout.columns, extent), rows: body.map(\.row), in: map)
        barsByColumns[key] = bars
        let hypothesis = LayoutHypothesis(
          layout, over: rows.map(\.signal), extent: extent, position: position)
        let width = (extent.endX - extent.startX) / Double(layout.columns)
        let share = bars.share(standing: width, pixelsPerMillimeter: map.pixelsPerMillimeter)
        let evidence =
          hypothesis.score + 0.25 * share - 0.6 * LayoutChooser.unevenness(body)
          - (layout.order == "cabrera" ? 0.3 : 0)
          - (position == .upright ? 0 : position.isMirrored ? 0.5 : 0.3)
        if evidence > best?.evidence ?? -.infinity {
          best = Choice(
            hypothesis: hypothesis, rows: rows, extent: extent, bars: bars, evidence: evidence)
        }
      }
    }
    return best
  }

  private static func boundaries(_ columns: Int, _ extent: TimeExtent) -> [Double] {
    let width = (extent.endX - extent.startX) / Double(columns)
    return (1..<max(columns, 1)).map { extent.startX + Double($0) * width }
  }

  /// Spread of the distances between neighbouring rows, relative to their mean.
  private static func unevenness(_ rows: [FollowedRow]) -> Double {
    let gaps = zip(rows, rows.dropFirst()).map { $1.row.baselineY - $0.row.baselineY }
    guard gaps.count > 1 else { return 0 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    return variance.squareRoot() / max(mean, 1)
  }

  /// Subsets of the rows, the largest first; of many rows only those that drop the weakest.
  private static func subsets(_ rows: [FollowedRow], most: Int) -> [[Int]] {
    let all = Array(rows.indices)
    let weakFirst = all.sorted { rows[$0].row.strength < rows[$1].row.strength }
    var out: [[Int]] = [all]
    for dropped in 1...max(1, min(5, all.count - 3)) where all.count - dropped >= 3 {
      for combination in combinations(weakFirst, dropped) {
        out.append(all.filter { !combination.contains($0) })
        if out.count >= most { return out }
      }
    }
    return out
  }

  /// All choices of `count` elements, those from the front of `elements` first.
  private static func combinations(_ elements: [Int], _ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    guard elements.count >= count else { return [] }
    let rest = Array(elements.dropFirst())
    return combinations(rest, count - 1).map { [elements[0]] + $0 } + combinations(rest, count)
  }
}
