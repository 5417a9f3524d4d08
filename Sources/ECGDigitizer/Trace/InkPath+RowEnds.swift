import ECGCore
import ECGImaging

extension InkPath {
  /// The path with empty columns up to where the row's traces begin and end, and, where a bar
  /// closes the row, with all ink beside and beyond the bar.
  func drawnOn(
    to reach: RowReach?, in map: InkMap, bars: [PixelBox], _ parameters: TraceParameters.Rows
  ) -> InkPath {
    guard let reach else { return self }
    let path = extended(to: map.ink.columns(Int(reach.startX), through: Int(reach.endX)))
    guard reach.isClosed else { return path }
    return path.grown(
      at: Int(reach.endX), in: map, bars: InkMasks.rows(behind: bars), parameters)
  }

  /// The path with all ink that its last columns reach, along bars and beyond them: a QRS that a
  /// row's end cuts off.
  private func grown(
    at end: Int, in map: InkMap, bars: [Int: [ClosedRange<Int>]],
    _ parameters: TraceParameters.Rows
  ) -> InkPath {
    let s = map.pixelsPerMillimeter
    var out = self
    for x in (end - Int(parameters.barReach * s))...end {
      guard columns.contains(x), let span = spans[x - firstColumn] else { continue }
      func inkEnd(_ from: Int, _ step: Int) -> Int {
        var (last, gap, y) = (from, 0, from + step)
        while y >= 0, y < map.ink.height, gap <= Int(parameters.barGap * s),
          abs(y - from) < Int(parameters.tallestAtBar * s)
        {
          let isHidden = bars[x]?.contains { $0.contains(y) } ?? false
          let isInk = map.ink[x, y] > InkLevel.bare
          if isInk && !isHidden { last = y }
          gap = isInk || isHidden ? 0 : gap + 1
          y += step
        }
        return last
      }
      out.take(inkEnd(span.lowerBound, -1)...inkEnd(span.upperBound, 1), in: x...x)
    }
    return out
  }
}
