import ECGCore
import ECGImaging

extension SeparatorBars {
  /// What such bars hide at `place` (a page column), where the rows end: some programs close
  /// rows with bars, too.
  ///
  /// - Parameters:
  ///   - boundaries: where between leads the bars stand, in their order.
  ///   - zeros: the levels of all rows' 0 mV, rhythm strips among them.
  func closing(
    at place: Double, like boundaries: [Double], zeros: [Double], in map: InkMap
  ) -> [PixelBox] {
    guard let bar = hidden.last?.columns,
      let boundary = boundaries.min(by: {
        abs($0 - Double(bar.lowerBound)) < abs($1 - Double(bar.lowerBound))
      })
    else { return [] }
    let shift = Int((place - boundary).rounded())
    let columns = (bar.lowerBound + shift)...(bar.upperBound + shift)
    let x = (columns.lowerBound + columns.upperBound) / 2
    guard x >= 0, x < map.ink.width else { return [] }
    let play = Int(1.5 * map.pixelsPerMillimeter)
    let closed = zeros.compactMap { zero -> [PixelBox]? in
      let boxes = (-play...play).map { offset in
        let level = Int(zero.rounded()) + offset
        return pieces.map { piece in
          PixelBox(
            columns: columns, rows: (level + piece.lowerBound)...(level + piece.upperBound))
        }
      }
      return boxes.max { share($0, x) < share($1, x) }.flatMap { share($0, x) > 0.9 ? $0 : nil }
    }
    // A complex at the end of one row is no bar.
    return 2 * closed.count > zeros.count ? closed.flatMap { $0 } : []
    /// The part of the boxes that is inked in column `x`.
    func share(_ boxes: [PixelBox], _ x: Int) -> Double {
      let levels = boxes.flatMap(\.rows).filter { $0 >= 0 && $0 < map.ink.height }
      return Double(levels.count { map.ink[x, $0] > 0.5 }) / Double(max(levels.count, 1))
    }
  }
}
