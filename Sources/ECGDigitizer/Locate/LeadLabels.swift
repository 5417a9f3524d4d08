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
    let height = boxes.map(\.rows.count).sorted()[boxes.count / 2]
    let dx = best.map(\.dx).sorted()[best.count / 2]
    let dy = best.map(\.dy).sorted()[best.count / 2]
    self.words = Set(best.map(\.word)).map { words.words[$0] }
    // Names of one kind (V1…V6, aVR…aVF) are about equally wide.
    var widths: [String: Int] = [:]
    for vote in best {
      let kind = LeadLabels.kind(placements[vote.placement].lead)
      widths[kind] = max(widths[kind] ?? 0, words.words[vote.word].box.columns.count)
    }
    let widest = widths.values.max() ?? 0
    let margin = 0.25 * s
    for (p, placement) in placements.enumerated() {
      let width = widths[LeadLabels.kind(placement.lead)] ?? widest
      let left = placement.startX + dx
      let seen = best.filter { $0.placement == p }.map { words.words[$0.word].box.columns }
      let readTo = seen.map(\.upperBound).max().map { Double($0) } ?? left
      // What is missing of the name touches other ink.
      guard readTo < left + 0.8 * Double(width) else { continue }
      let top = placement.baselineY + dy - Double(height) / 2 - margin
      let from = max(readTo, left) - margin
      coveredBoxes.append(
        PixelBox(
          columns: Int(from)...Int(max(from, left + Double(width) + margin)),
          rows: Int(top)...Int(top + Double(height) + 2 * margin)))
    }
  }

  /// Which names are about equally wide.
  private static func kind(_ lead: Lead?) -> String {
    guard let name = lead?.rawValue else { return "" }
    return name.hasPrefix("aV") ? "aV" : name.hasPrefix("V") ? "V" : name
  }
}
