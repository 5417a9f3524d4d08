import ECGCore
import ECGImaging

/// Where lines of print may run: letters side by side at one height.
///
/// Ink that is as tall as letters is chained from left to right; whether it is text at all is for
/// the network to say.
struct TextLines {
  /// One line, in page pixels.
  struct Line {
    var left: Double
    var right: Double
    /// The height of the middle of its capitals.
    var middle: Double
    /// The height of its capitals.
    var capHeight: Double
  }

  let lines: [Line]

  /// How tall letters may be, small ones and slashes included, in mm.
  private static let tall = 0.9...5.5
  /// How tall capitals may be, in mm.
  private static let capitals = 1.2...4.6
  /// No setting is shorter than so many capitals are tall.
  private static let leastLength = 2.3

  /// Finds the lines in `map`, from top to bottom.
  init(in map: InkMap) {
    let s = map.pixelsPerMillimeter
    let pieces = InkComponents(
      map.ink, threshold: 0.4,
      largest: PixelSize(width: Int(9 * s), height: Int(TextLines.tall.upperBound * s))
    ).components.filter { TextLines.tall.contains(Double($0.rows.count) / s) }
      .sorted {
        ($0.columns.lowerBound, $0.rows.lowerBound) < ($1.columns.lowerBound, $1.rows.lowerBound)
      }
    var open: [Chain] = []
    var ended: [Chain] = []
    for (k, piece) in pieces.enumerated() {
      // Pieces come from left to right: what is far behind grows no more.
      if k % 64 == 0 {
        let left = piece.columns.lowerBound - Int(9 * s)
        ended += open.filter { $0.right < left }
        open.removeAll { $0.right < left }
      }
      if let near = open.indices.last(where: { open[$0].takes(piece, s: s) }) {
        open[near].add(piece)
      } else {
        open.append(Chain(piece))
      }
    }
    lines = (ended + open).compactMap { $0.line(s: s) }.sorted { $0.middle < $1.middle }
  }

  /// Pieces of ink that may be one line, while it grows to the right.
  private struct Chain {
    var pieces: [InkComponents.Component]
    var right: Int
    /// The rows that the last few pieces reach.
    var rows: ClosedRange<Int>

    init(_ piece: InkComponents.Component) {
      pieces = [piece]
      right = piece.columns.upperBound
      rows = piece.rows
    }

    func takes(_ piece: InkComponents.Component, s: Double) -> Bool {
      let gap = Double(piece.columns.lowerBound - right)
      let overlap = rows.clamped(to: piece.rows).count
      return gap < max(1.5 * Double(rows.count), 3 * s) && gap > -3 * s
        && rows.overlaps(piece.rows) && 2 * overlap > min(rows.count, piece.rows.count)
        && Double(piece.rows.count) < 2.4 * Double(rows.count)
    }

    mutating func add(_ piece: InkComponents.Component) {
      pieces.append(piece)
      right = max(right, piece.columns.upperBound)
      let recent = pieces.suffix(6)
      let top = recent.map(\.rows.lowerBound).min() ?? piece.rows.lowerBound
      let bottom = recent.map(\.rows.upperBound).max() ?? piece.rows.upperBound
      rows = top...bottom
    }

    func line(s: Double) -> Line? {
      let tallest = pieces.map(\.rows.count).sorted()[(9 * (pieces.count - 1) + 5) / 10]
      // Capitals and digits; small letters are lower, slashes and brackets may be taller.
      let capitals = pieces.filter { 10 * $0.rows.count >= 8 * tallest && $0.rows.count <= tallest }
      func median(_ values: [Int]) -> Double { Double(values.sorted()[values.count / 2]) }
      let top = median(capitals.map(\.rows.lowerBound))
      let bottom = median(capitals.map(\.rows.upperBound)) + 1
      let left = Double(pieces[0].columns.lowerBound)
      let height = bottom - top
      guard TextLines.capitals.contains(height / s), pieces.count >= 2,
        Double(right + 1) - left >= TextLines.leastLength * height
      else { return nil }
      return Line(
        left: left, right: Double(right + 1), middle: (top + bottom) / 2, capHeight: height)
    }
  }
}
