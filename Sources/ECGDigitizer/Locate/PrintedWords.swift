import ECGCore
import ECGImaging

/// Words printed on the page: small pieces of ink of letter size, side by side.
struct PrintedWords {
  /// One word.
  struct Word {
    var box: PixelBox
    var pixels: [Int32]
  }

  let words: [Word]

  /// Gathers pieces of ink 1.2–5.5 mm tall and at most 6 mm wide into words of at most 16 mm.
  init(in map: InkMap) {
    let s = map.pixelsPerMillimeter
    let pieces = InkComponents(
      map.ink, threshold: 0.42,
      largest: PixelSize(width: Int(6 * s), height: Int(5.5 * s))
    ).components.filter { Double($0.rows.count) > 1.2 * s && $0.pixels.count > 6 }
      .sorted { $0.columns.lowerBound < $1.columns.lowerBound }
    var open: [Word] = []
    for piece in pieces {
      let near = open.indices.last { k in
        let box = open[k].box
        let gap = Double(piece.columns.lowerBound - box.columns.upperBound)
        let overlap = box.rows.clamped(to: piece.rows).count
        return gap < 1.3 * s && gap > -2 * s && box.rows.overlaps(piece.rows)
          && 2 * overlap > min(box.rows.count, piece.rows.count)
          && Double(piece.columns.upperBound - box.columns.lowerBound) < 16 * s
      }
      if let near {
        let box = open[near].box
        open[near].box = PixelBox(
          columns: box.columns.lowerBound...max(box.columns.upperBound, piece.columns.upperBound),
          rows: min(
            box.rows.lowerBound, piece.rows.lowerBound)...max(
              box.rows.upperBound, piece.rows.upperBound))
        open[near].pixels += piece.pixels
      } else {
        open.append(
          Word(box: PixelBox(columns: piece.columns, rows: piece.rows), pixels: piece.pixels))
      }
    }
    words = open
  }
}
