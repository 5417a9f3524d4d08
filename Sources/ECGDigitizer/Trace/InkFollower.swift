import ECGCore
import ECGImaging

/// Decides for every row which ink is its own.
///
/// Each row is followed at full resolution (``ECGImaging/InkPathCosts``) within reach of its
/// neighbours; the ink that hangs on the path is added (``ECGImaging/InkGrowth``). Where two
/// rows claim the same grown ink, each keeps its bare path.
///
/// > Source: costs and growth after our own measurements on real photos; giving contested ink
/// > back was worth 2 dB at the 10th percentile there.
struct InkFollower {
  /// Darkness from which a pixel counts as ink when it is grown.
  ///
  /// Steep strokes are thin and pale; paper and grid rests stay below.
  var threshold: Float = 0.28
  /// How far ink is grown sideways from the path.
  var reachMillimeters = 0.9
  /// Threads that share the rows.
  var workers = Workers.one

  /// Follows all rows of `map`; ink in `closed` boxes is passed but not grown into.
  func paths(of rows: [PrintedRow], in map: InkMap, closed: [PixelBox] = []) -> [InkPath] {
    var paths = workers.map(rows.count) { path(of: $0, among: rows, in: map, closed: closed) }
    settleContested(&paths, bare: paths.map(\.bare))
    return paths.map(\.path)
  }

  /// Follows each row in its own ink, and in all ink within the columns `free`: nothing is
  /// contested.
  func paths(
    of rows: [(row: PrintedRow, own: OwnInk, free: ClosedRange<Int>?)], in map: InkMap
  ) -> [InkPath] {
    let printed = rows.map(\.row)
    return workers.map(rows.count) { k in
      let (columns, reached) = window(of: k, among: printed, in: map)
      var own = map
      own.ink = rows[k].own.masked(
        map.ink, columns: columns, rows: reached, except: rows[k].free)
      return path(of: k, among: printed, in: own, closed: []).path
    }
  }

  /// A path with the spans of the bare path, before growth.
  private struct Grown {
    var path: InkPath
    var bare: [ClosedRange<Int>?]
  }

  /// The columns and rows of the page that a row's path may run through.
  private func window(
    of index: Int, among rows: [PrintedRow], in map: InkMap
  ) -> (columns: Range<Int>, rows: Range<Int>) {
    let s = map.pixelsPerMillimeter
    let row = rows[index]
    let margin = Int(4 * s)
    let above = index > 0 ? rows[index - 1].baselineY + 3 * s : row.baselineY - 40 * s
    let below =
      index + 1 < rows.count ? rows[index + 1].baselineY - 3 * s : row.baselineY + 40 * s
    // A tall QRS may cross the neighbour's zero line.
    let top = max(0, Int(max(min(above, row.baselineY - 12 * s), row.baselineY - 45 * s)))
    let bottom = min(
      map.ink.height, Int(min(max(below, row.baselineY + 12 * s), row.baselineY + 45 * s)) + 1)
    let left = max(0, row.extent.lowerBound - margin)
    return (left..<min(map.ink.width, row.extent.upperBound + margin), top..<bottom)
  }

  private func path(
    of index: Int, among rows: [PrintedRow], in map: InkMap, closed: [PixelBox]
  ) -> Grown {
    let s = map.pixelsPerMillimeter
    let row = rows[index]
    let (columns, reached) = window(of: index, among: rows, in: map)
    let costs = InkPathCosts(
      map.ink, columns: columns, rows: reached,
      baseline: [Float](repeating: Float(row.baselineY), count: columns.count),
      pixelsPerMillimeter: s)
    var centres = [Float](repeating: 0, count: columns.count)
    var spreads = centres
    var bare = [ClosedRange<Int>?](repeating: nil, count: columns.count)
    for x in 0..<columns.count {
      let span = costs.bestRows(x)
      centres[x] = Float(span.lowerBound + span.upperBound) / 2
      spreads[x] = costs.spread(x)
      // Only the ink of the span belongs to the row.
      let inked = span.filter { map.ink[columns.lowerBound + x, $0] >= threshold }
      if let low = inked.first, let high = inked.last { bare[x] = low...high }
    }
    let spans = InkGrowth.spans(
      map.ink, from: bare, firstColumn: columns.lowerBound, rows: reached,
      threshold: threshold, reach: Int((reachMillimeters * s).rounded())
    ) { x, y in closed.contains { $0.contains(x: x, y: y) } }
    let path = InkPath(
      firstColumn: columns.lowerBound, rows: centres, spans: spans, spreads: spreads,
      isHidden: [Bool](repeating: false, count: columns.count))
    return Grown(path: path, bare: bare)
  }

  /// Gives back grown ink that two rows claim.
  private func settleContested(_ grown: inout [Grown], bare: [[ClosedRange<Int>?]]) {
    for a in grown.indices {
      for b in grown.indices where b > a {
        for x in grown[a].path.columns.clamped(to: grown[b].path.columns) {
          let (i, j) = (x - grown[a].path.firstColumn, x - grown[b].path.firstColumn)
          guard let upper = grown[a].path.spans[i], let lower = grown[b].path.spans[j],
            upper.overlaps(lower)
          else { continue }
          grown[a].path.spans[i] = bare[a][i]
          grown[b].path.spans[j] = bare[b][j]
        }
      }
    }
  }
}
