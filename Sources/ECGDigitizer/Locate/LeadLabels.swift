import ECGCore
import ECGImaging

/// Where the lead names are printed: words at one and the same place relative to every trace.
///
/// Names are set by a machine, so their offset from the start of the trace is the same for
/// all leads. The offset most words agree on gives the places of all names, also of those
/// that touch a trace and are no words of their own.
struct LeadLabels {
  /// Words that are names: they can be wiped out.
  var words: [PrintedWords.Word] = []
  /// Where a name is that touches other ink: what lies there may not be the trace.
  var coveredBoxes: [PixelBox] = []

  /// Finds the names beside `placements`.
  init(_ words: PrintedWords, beside placements: [LeadPlacement], pixelsPerMillimeter s: Double) {
    struct Vote {
      var placement: Int
      var word: Int
      var dx: Double
      var dy: Double
    }
    var votes: [Vote] = []
    for (p, placement) in placements.enumerated() {
      for (k, word) in words.words.enumerated() {
        let dx = Double(word.box.columns.lowerBound) - placement.startX
        let middle = Double(word.box.rows.lowerBound + word.box.rows.upperBound) / 2
        let dy = middle - placement.baselineY
        if dx > -6 * s && dx < 16 * s && abs(dy) < 16 * s {
          votes.append(Vote(placement: p, word: k, dx: dx, dy: dy))
        }
      }
    }
    func supporters(_ centre: Vote) -> [Vote] {
      votes.filter { abs($0.dx - centre.dx) < 1.5 * s && abs($0.dy - centre.dy) < 1.2 * s }
    }
    func count(_ votes: [Vote]) -> Int { Set(votes.map(\.placement)).count }
    let groups = votes.map(supporters)
    guard let best = groups.max(by: { count($0) < count($1) }),
      count(best) >= max(3, placements.count * 2 / 5)
    else { return }
    let boxes = best.map { words.words[$0.word].box }
    let width = boxes.map(\.columns.count).max() ?? 0
    let height = boxes.map(\.rows.count).sorted()[boxes.count / 2]
    let dx = best.map(\.dx).sorted()[best.count / 2]
    let dy = best.map(\.dy).sorted()[best.count / 2]
    self.words = Set(best.map(\.word)).map { words.words[$0] }
    let named = Set(best.map(\.placement))
    let margin = 0.25 * s
    coveredBoxes = placements.indices.filter { !named.contains($0) }.map { p in
      let left = placements[p].startX + dx - margin
      let top = placements[p].baselineY + dy - Double(height) / 2 - margin
      return PixelBox(
        columns: Int(left)...Int(left + Double(width) + 2 * margin),
        rows: Int(top)...Int(top + Double(height) + 2 * margin))
    }
  }
}
