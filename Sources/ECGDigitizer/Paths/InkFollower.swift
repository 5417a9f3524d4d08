import ECGCore
import ECGImaging

/// Decides for every row which ink is its own.
///
/// Each row is followed at full resolution (``InkPathCosts``) within reach of its neighbours; the
/// ink that hangs on the path is added (``InkGrowth``). Where two rows claim the same grown ink,
/// each keeps its bare path.
///
/// > Source: costs and growth after our own measurements on real photos; giving contested ink
/// > back was worth 2 dB at the 10th percentile there.
struct InkFollower {
  let parameters: InkFollowing
  /// Threads that share the rows.
  let workers: Workers

  init(_ parameters: InkFollowing = .init(), workers: Workers = .one) {
    self.parameters = parameters
    self.workers = workers
  }

  /// Follows all rows of `map`; ink in `closed` boxes is passed but not grown into.
  func paths(of rows: [PrintedRow], in map: InkMap, closed: [PixelBox] = []) -> [InkPath] {
    var grown = workers.map(rows.count) { path(of: $0, among: rows, in: map, closed: closed) }
    settleContested(&grown)
    return grown.map(\.path)
  }

  /// Follows each row in ink of its own: nothing is contested.
  ///
  /// - Parameter own: the ink of a row, by its index; only the columns and rows that are given are
  ///   looked at.
  func paths(
    of rows: [PrintedRow], in map: InkMap,
    own: (Int, Range<Int>, Range<Int>) -> Plane<PageSpace>
  ) -> [InkPath] {
    workers.map(rows.count) { k in
      let (columns, reached) = window(of: k, among: rows, in: map)
      var masked = map
      masked.ink = own(k, columns, reached)
      return path(of: k, among: rows, in: masked, closed: []).path
    }
  }

  /// The centre of the ink along each of `paths`.
  func centroids(_ paths: [InkPath], in map: InkMap) -> [RowSignal] {
    paths.map { path in
      RowSignal(
        firstX: Double(path.firstColumn), stepX: 1,
        points: InkCentroid(parameters.centroid).points(path, in: map))
    }
  }

  /// A path with the spans of the bare path, before growth.
  private struct Grown {
    var path: InkPath
    var bare: [ClosedRange<Int>?]

    init(path: InkPath, bare: [ClosedRange<Int>?]) { (self.path, self.bare) = (path, bare) }

    /// A path without ink.
    init(columns: Range<Int>) {
      let none = [Float](repeating: 0, count: columns.count)
      bare = columns.map { _ in nil }
      path = InkPath(firstColumn: columns.lowerBound, rows: none, spans: bare, spreads: none)
    }
  }

  /// The columns and rows of the page that a row's path may run through.
  private func window(
    of index: Int, among rows: [PrintedRow], in map: InkMap
  ) -> (columns: Range<Int>, rows: Range<Int>) {
    let s = map.pixelsPerMillimeter
    let row = rows[index]
    let margin = Int(parameters.margin * s)
    let (across, free) = (parameters.acrossNeighbour * s, parameters.freeReach * s)
    let (least, most) = (parameters.leastReach * s, parameters.mostReach * s)
    let above = index > 0 ? rows[index - 1].baselineY + across : row.baselineY - free
    let below = index + 1 < rows.count ? rows[index + 1].baselineY - across : row.baselineY + free
    let top = max(0, Int(max(min(above, row.baselineY - least), row.baselineY - most)))
    let bottom = min(
      map.ink.height, Int(min(max(below, row.baselineY + least), row.baselineY + most)) + 1)
    let left = max(0, row.extent.lowerBound - margin)
    return (left..<min(map.ink.width, row.extent.upperBound + margin), top..<bottom)
  }

  private func path(
    of index: Int, among rows: [PrintedRow], in map: InkMap, closed: [PixelBox]
  ) -> Grown {
    let s = map.pixelsPerMillimeter
    let row = rows[index]
    let (columns, reached) = window(of: index, among: rows, in: map)
    // Of what was cancelled nothing is looked at.
    guard !workers.isCancelled else { return Grown(columns: columns) }
    let costs = InkPathCosts(
      map.ink, columns: columns, rows: reached,
      baseline: [Float](repeating: Float(row.baselineY), count: columns.count),
      pixelsPerMillimeter: s, weights: parameters.costs)
    var centres = [Float](repeating: 0, count: columns.count)
    var spreads = centres
    var bare = [ClosedRange<Int>?](repeating: nil, count: columns.count)
    for x in 0..<columns.count {
      let span = costs.bestRows(x)
      centres[x] = Float(span.lowerBound + span.upperBound) / 2
      spreads[x] = costs.spread(x)
      // Only the ink of the span belongs to the row.
      let inked = span.filter { map.ink[columns.lowerBound + x, $0] >= parameters.ink }
      if let low = inked.first, let high = inked.last { bare[x] = low...high }
    }
    let spans = InkGrowth.spans(
      map.ink, from: bare, firstColumn: columns.lowerBound, rows: reached,
      threshold: parameters.ink, reach: Int((parameters.reach * s).rounded())
    ) { x, y in closed.contains { $0.contains(x: x, y: y) } }
    let path = InkPath(
      firstColumn: columns.lowerBound, rows: centres, spans: spans, spreads: spreads)
    return Grown(path: path, bare: bare)
  }

  /// Gives back grown ink that two rows claim.
  private func settleContested(_ grown: inout [Grown]) {
    for a in grown.indices {
      for b in grown.indices where b > a {
        for x in grown[a].path.columns.clamped(to: grown[b].path.columns) {
          let (i, j) = (x - grown[a].path.firstColumn, x - grown[b].path.firstColumn)
          guard let upper = grown[a].path.spans[i], let lower = grown[b].path.spans[j],
            upper.overlaps(lower)
          else { continue }
          grown[a].path.spans[i] = grown[a].bare[i]
          grown[b].path.spans[j] = grown[b].bare[j]
        }
      }
    }
  }
}
