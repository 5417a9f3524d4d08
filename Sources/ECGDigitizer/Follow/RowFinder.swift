import ECGCore
import ECGImaging
import ECGNumerics

/// Finds the printed rows: lines of ink that run along time over most of the page's width.
///
/// A profile of how many millimetre columns hold ink at a level gives candidate zero lines;
/// a shortest path along each (``InkPathCosts``, on a quarter of the pixels) says
/// how much of the width is really covered. Text has gaps between its letters, ruled lines
/// and frames never leave their level: both are turned away.
struct RowFinder {
  let parameters: FollowParameters.Rows
  /// Threads that share the levels.
  let workers: Workers

  init(_ parameters: FollowParameters.Rows = .init(), workers: Workers = .one) {
    self.parameters = parameters
    self.workers = workers
  }

  /// The rows of `map`, from top to bottom.
  func rows(in map: InkMap) -> [PrintedRow] {
    let (small, factor, s) = reduced(map)
    let profile = profile(small, pixelsPerMillimeter: s)
    var found: [Candidate] = []
    // Traces that wander have no level of their own: a coarser profile finds them.
    let coarse = RowFinder.smoothed(profile, radius: Int(parameters.coarseRadius * s))
    let levels =
      RowFinder.peaks(
        profile, apart: max(2, Int(parameters.fineDistance * s)), least: parameters.leastFineLevel)
      + RowFinder.peaks(
        coarse, apart: max(2, Int(parameters.coarseDistance * s)),
        least: parameters.leastCoarseLevel)
    let candidates = workers.map(levels.count) {
      follow(levels[$0], reach: parameters.reach, in: small, pixelsPerMillimeter: s)
    }
    for candidate in candidates.compactMap({ $0 }) {
      if let twin = found.firstIndex(where: {
        $0.overlap(candidate, within: parameters.twinPixels) > parameters.twinShare
      }) {
        if candidate.row.coverage > found[twin].row.coverage { found[twin] = candidate }
      } else {
        found.append(candidate)
      }
    }
    let longest = found.map { $0.row.extent.count }.max() ?? 0
    let darkest = found.map(\.row.strength).max() ?? 0
    return found.map(\.row)
      .filter { Double($0.extent.count) >= parameters.leastShare * Double(longest) }
      .filter { $0.strength >= parameters.leastStrength * darkest }
      .map { $0.enlarged(by: factor) }
      .sorted { $0.baselineY < $1.baselineY }
  }

  /// The row within `reach` millimetres of page row `y`; `nil` if there is none.
  func row(near y: Double, reach: Double, in map: InkMap) -> PrintedRow? {
    let (small, factor, s) = reduced(map)
    let profile = profile(small, pixelsPerMillimeter: s)
    let middle = (y + 0.5) / Double(factor) - 0.5
    let from = max(0, Int(middle - parameters.expectedShare * reach * s))
    let to = min(profile.count - 1, Int(middle + parameters.expectedShare * reach * s))
    guard from <= to, let level = (from...to).max(by: { profile[$0] < profile[$1] }) else {
      return nil
    }
    return follow(level, reach: reach, in: small, pixelsPerMillimeter: s)?.row
      .enlarged(by: factor)
  }

  /// The darkest pixel of each block of `factor` × `factor`, with its pixels per millimetre.
  private func reduced(_ map: InkMap) -> (ink: Plane<PageSpace>, factor: Int, scale: Double) {
    let most = map.pixelsPerMillimeter / parameters.pixelsPerMillimeter
    let factor = max(1, Int(most.rounded(.down)))
    return (
      map.ink.maximaOfBlocks(factor, workers: workers), factor,
      map.pixelsPerMillimeter / Double(factor)
    )
  }

  /// A candidate row and the path that was followed, in reduced pixels.
  private struct Candidate {
    var row: PrintedRow
    var path: [Float]

    /// The part of the shorter path that runs within `pixels` of the other's.
    func overlap(_ other: Candidate, within pixels: Float) -> Double {
      let shared = row.extent.clamped(to: other.row.extent)
      guard shared.count > 4 else { return 0 }
      let near = shared.filter { abs(path[$0] - other.path[$0]) < pixels }.count
      return Double(near) / Double(min(row.extent.count, other.row.extent.count))
    }
  }

  /// The share of millimetre columns with ink at each level, smoothed over ±1 mm.
  private func profile(_ ink: Plane<PageSpace>, pixelsPerMillimeter s: Double) -> [Float] {
    let tile = max(1, Int(s.rounded()))
    let tiles = max(1, ink.width / tile)
    var raw = [Float](repeating: 0, count: ink.height)
    for y in 0..<ink.height {
      var hits = 0
      for t in 0..<tiles {
        for x in (t * tile)..<((t + 1) * tile) where ink[x, y] > parameters.ink {
          hits += 1
          break
        }
      }
      raw[y] = Float(hits) / Float(tiles)
    }
    return RowFinder.smoothed(raw, radius: max(1, Int(s)))
  }

  private static func smoothed(_ values: [Float], radius: Int) -> [Float] {
    values.indices.map { y in
      let window = max(0, y - radius)...min(values.count - 1, y + radius)
      return values[window].reduce(0, +) / Float(window.count)
    }
  }

  /// Local maxima of `profile` of at least `least`, the highest first, `apart` from each other.
  static func peaks(_ profile: [Float], apart: Int, least: Float) -> [Int] {
    var chosen: [Int] = []
    let order = profile.indices.filter { profile[$0] >= least }.sorted { profile[$0] > profile[$1] }
    for y in order where chosen.allSatisfy({ abs($0 - y) >= apart }) { chosen.append(y) }
    return chosen
  }

  /// Follows the ink along level `y` and says what it covers; `nil` if it is no row.
  private func follow(
    _ y: Int, reach millimeters: Double, in ink: Plane<PageSpace>,
    pixelsPerMillimeter s: Double
  ) -> Candidate? {
    if workers.isCancelled { return nil }
    let reach = Int(millimeters * s)
    let rows = max(0, y - reach)..<min(ink.height, y + reach + 1)
    let costs = InkPathCosts(
      ink, columns: 0..<ink.width, rows: rows,
      baseline: [Float](repeating: Float(y), count: ink.width), pixelsPerMillimeter: s,
      weights: parameters.costs)
    var path = [Float](repeating: 0, count: ink.width)
    var onInk = [Bool](repeating: false, count: ink.width)
    var spans: [ClosedRange<Int>] = []
    for x in 0..<ink.width {
      let span = costs.bestRows(x)
      spans.append(span)
      path[x] = Float(span.lowerBound + span.upperBound) / 2
      var covered = 0
      for v in span where ink[x, v] > parameters.ink { covered += 1 }
      onInk[x] = 2 * covered > span.count
    }
    guard
      let extent = extent(
        onInk, bridge: Int(parameters.bridge * s), least: max(1, Int(parameters.endMillimeters * s))
      )
    else {
      return nil
    }
    let covered = extent.filter { onInk[$0] }.count
    let coverage = Double(covered) / Double(extent.count)
    var gaps = 0
    for x in extent.dropFirst() where !onInk[x] && onInk[x - 1] { gaps += 1 }
    let gapRate = Double(gaps) / Double(extent.count) * 10 * s
    guard coverage >= parameters.leastCoverage, gapRate <= parameters.mostGaps,
      Double(extent.count) >= parameters.leastMillimeters * s
    else {
      return nil
    }
    // A ruled line, a frame or a grid line: nothing ever leaves it.
    guard let level = extent.map({ path[$0] }).median(),
      RowFinder.leavesItsLine(path, extent, by: Float(parameters.leastExcursion * s))
    else { return nil }
    let darkness = extent.map { x in spans[x].reduce(Float(0)) { max($0, ink[x, $1]) } }
    let row = PrintedRow(
      baselineY: Double(level), extent: extent,
      coverage: coverage, darkness: Double(darkness.reduce(0, +)) / Double(extent.count))
    return Candidate(row: row, path: path)
  }

  /// Whether 1 % of the path lies further than `distance` from the straight line through it.
  private static func leavesItsLine(
    _ path: [Float], _ extent: ClosedRange<Int>, by distance: Float
  ) -> Bool {
    // Theil's line from block medians is not moved by the excursions themselves.
    let block = max(extent.count / 12, 1)
    let centres = (0..<12).map { k -> (Float, Float) in
      let from = extent.lowerBound + k * block
      let to = max(from, min(from + block, extent.upperBound + 1))
      return (Float(from) + Float(block) / 2, path[from..<to].median() ?? 0)
    }
    let slopes = (0..<6).map { k in
      (centres[k + 6].1 - centres[k].1) / max(centres[k + 6].0 - centres[k].0, 1)
    }
    let slope = slopes.median() ?? 0
    let offset = centres.map { $0.1 - slope * $0.0 }.median() ?? 0
    let away = extent.filter { abs(path[$0] - slope * Float($0) - offset) > distance }
    return 100 * away.count >= extent.count
  }

  /// The longest stretch of ink when gaps of up to `bridge` columns are forgiven.
  ///
  /// Ends are cut back until each holds enough ink over `least` columns, so that a word in the
  /// margin does not lengthen a row.
  func extent(_ onInk: [Bool], bridge: Int, least: Int) -> ClosedRange<Int>? {
    var best: ClosedRange<Int>?
    var start: Int?
    var last = 0
    for x in onInk.indices where onInk[x] {
      if let s = start, x - last <= bridge {
        last = x
        if x - s > best?.count ?? 0 { best = s...x }
      } else {
        start = x
        last = x
      }
    }
    guard var range = best, range.count > 2 * least else { return nil }
    func share(_ r: Range<Int>) -> Double {
      Double(onInk[r].filter { $0 }.count) / Double(max(r.count, 1))
    }
    while range.count > 2 * least,
      share(range.lowerBound..<(range.lowerBound + least)) < parameters.endShare
        || !onInk[range.lowerBound]
    {
      range = (range.lowerBound + 1)...range.upperBound
    }
    while range.count > 2 * least,
      share((range.upperBound + 1 - least)..<(range.upperBound + 1)) < parameters.endShare
        || !onInk[range.upperBound]
    {
      range = range.lowerBound...(range.upperBound - 1)
    }
    return range
  }
}

extension PrintedRow {
  /// The row in pixels of a picture `factor` times as large.
  fileprivate func enlarged(by factor: Int) -> PrintedRow {
    PrintedRow(
      baselineY: (baselineY + 0.5) * Double(factor) - 0.5,
      extent: (extent.lowerBound * factor)...(extent.upperBound * factor + factor - 1),
      coverage: coverage, darkness: darkness)
  }
}
