import ECGCore
import ECGImaging

/// Finds the printed rows: lines of ink that run along time over most of the page's width.
///
/// A profile of how many millimetre columns hold ink at a level gives candidate zero lines;
/// a shortest path along each (``ECGImaging/InkPathCosts``, on a quarter of the pixels) says
/// how much of the width is really covered. Text has gaps between its letters, ruled lines
/// and frames never leave their level: both are turned away.
struct RowFinder {
  /// A row must cover this part of its columns with ink.
  var leastCoverage = 0.72
  /// Gaps in 10 mm of a row: text has about four, a trace nearly none.
  var mostGaps = 2.2
  /// A row must be at least this long.
  var leastMillimeters = 40.0
  /// Rows shorter than this part of the longest one are not rows of the same page.
  var leastShare = 0.35

  /// Rows of less ink than this part of the strongest one's are grid lines or shadows.
  var leastStrength = 0.62
  /// Threads that share the levels.
  var workers = Workers.one

  /// A flat trace on a grid line loses ink with the line: a row that is expected may have this
  /// many gaps and this little coverage.
  static let ofExpectedRow: RowFinder = {
    var finder = RowFinder()
    (finder.mostGaps, finder.leastCoverage) = (5, 0.55)
    return finder
  }()

  /// The rows of `map`, from top to bottom.
  func rows(in map: InkMap) -> [PrintedRow] {
    let factor = max(1, Int((map.pixelsPerMillimeter / 3.6).rounded(.down)))
    let small = map.ink.maximaOfBlocks(factor, workers: workers)
    let s = map.pixelsPerMillimeter / Double(factor)
    let profile = RowFinder.profile(small, pixelsPerMillimeter: s)
    var found: [Candidate] = []
    // Traces that wander have no level of their own: a coarser profile finds them.
    let coarse = RowFinder.smoothed(profile, radius: Int(3 * s))
    let levels =
      RowFinder.peaks(profile, apart: max(2, Int(6 * s)), least: 0.12)
      + RowFinder.peaks(coarse, apart: max(2, Int(8 * s)), least: 0.06)
    let candidates = workers.map(levels.count) {
      follow(levels[$0], in: small, pixelsPerMillimeter: s)
    }
    for candidate in candidates.compactMap({ $0 }) {
      if let twin = found.firstIndex(where: { $0.overlap(candidate) > 0.5 }) {
        if candidate.row.coverage > found[twin].row.coverage { found[twin] = candidate }
      } else {
        found.append(candidate)
      }
    }
    let longest = found.map { $0.row.extent.count }.max() ?? 0
    let darkest = found.map(\.row.strength).max() ?? 0
    return found.map(\.row)
      .filter { Double($0.extent.count) >= leastShare * Double(longest) }
      .filter { $0.strength >= leastStrength * darkest }
      .map { $0.enlarged(by: factor) }
      .sorted { $0.baselineY < $1.baselineY }
  }

  /// The row within `reach` millimetres of page row `y`; `nil` if there is none.
  func row(near y: Double, reach: Double, in map: InkMap) -> PrintedRow? {
    let factor = max(1, Int((map.pixelsPerMillimeter / 3.6).rounded(.down)))
    let small = map.ink.maximaOfBlocks(factor)
    let s = map.pixelsPerMillimeter / Double(factor)
    let profile = RowFinder.profile(small, pixelsPerMillimeter: s)
    let middle = (y + 0.5) / Double(factor) - 0.5
    let from = max(0, Int(middle - 0.6 * reach * s))
    let to = min(profile.count - 1, Int(middle + 0.6 * reach * s))
    guard from <= to, let level = (from...to).max(by: { profile[$0] < profile[$1] }) else {
      return nil
    }
    return follow(level, reach: reach, in: small, pixelsPerMillimeter: s)?.row
      .enlarged(by: factor)
  }

  /// A candidate row and the path that was followed, in reduced pixels.
  private struct Candidate {
    var row: PrintedRow
    var path: [Float]
    /// The part of the shorter path that runs within 1.5 pixels of the other's.
    func overlap(_ other: Candidate) -> Double {
      let shared = row.extent.clamped(to: other.row.extent)
      guard shared.count > 4 else { return 0 }
      let near = shared.filter { abs(path[$0] - other.path[$0]) < 1.5 }.count
      return Double(near) / Double(min(row.extent.count, other.row.extent.count))
    }
  }

  /// The share of millimetre columns with ink at each level, smoothed over ±1 mm.
  private static func profile(
    _ ink: Plane<PageSpace>, pixelsPerMillimeter s: Double
  ) -> [Float] {
    let tile = max(1, Int(s.rounded()))
    let tiles = max(1, ink.width / tile)
    var raw = [Float](repeating: 0, count: ink.height)
    for y in 0..<ink.height {
      var hits = 0
      for t in 0..<tiles {
        for x in (t * tile)..<((t + 1) * tile) where ink[x, y] > 0.4 {
          hits += 1
          break
        }
      }
      raw[y] = Float(hits) / Float(tiles)
    }
    return smoothed(raw, radius: max(1, Int(s)))
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
    _ y: Int, reach millimeters: Double = 14, in ink: Plane<PageSpace>,
    pixelsPerMillimeter s: Double
  ) -> Candidate? {
    let reach = Int(millimeters * s)
    let rows = max(0, y - reach)..<min(ink.height, y + reach + 1)
    let costs = InkPathCosts(
      ink, columns: 0..<ink.width, rows: rows,
      baseline: [Float](repeating: Float(y), count: ink.width), pixelsPerMillimeter: s)
    var path = [Float](repeating: 0, count: ink.width)
    var onInk = [Bool](repeating: false, count: ink.width)
    var spans: [ClosedRange<Int>] = []
    for x in 0..<ink.width {
      let span = costs.bestRows(x)
      spans.append(span)
      path[x] = Float(span.lowerBound + span.upperBound) / 2
      var covered = 0
      for v in span where ink[x, v] > 0.4 { covered += 1 }
      onInk[x] = 2 * covered > span.count
    }
    guard let extent = RowFinder.extent(onInk, bridge: Int(6 * s), least: Int(15 * s)) else {
      return nil
    }
    let covered = extent.filter { onInk[$0] }.count
    let coverage = Double(covered) / Double(extent.count)
    var gaps = 0
    for x in extent.dropFirst() where !onInk[x] && onInk[x - 1] { gaps += 1 }
    let gapRate = Double(gaps) / Double(extent.count) * 10 * s
    guard coverage >= leastCoverage, gapRate <= mostGaps,
      Double(extent.count) >= leastMillimeters * s
    else {
      return nil
    }
    let levels = extent.map { path[$0] }.sorted()
    let median = levels[levels.count / 2]
    // A ruled line, a frame or a grid line: nothing ever leaves it.
    guard RowFinder.leavesItsLine(path, extent, by: Float(0.4 * s)) else { return nil }
    let darkness = extent.map { x in spans[x].reduce(Float(0)) { max($0, ink[x, $1]) } }
    let row = PrintedRow(
      baselineY: Double(median), extent: extent,
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
      let values = (from..<min(from + block, extent.upperBound + 1)).map { path[$0] }.sorted()
      return (Float(from) + Float(block) / 2, values.isEmpty ? 0 : values[values.count / 2])
    }
    let slopes = (0..<6).map { k in
      (centres[k + 6].1 - centres[k].1) / max(centres[k + 6].0 - centres[k].0, 1)
    }.sorted()
    let slope = slopes[3]
    let offsets = centres.map { $0.1 - slope * $0.0 }.sorted()
    let away = extent.filter { abs(path[$0] - slope * Float($0) - offsets[6]) > distance }
    return 100 * away.count >= extent.count
  }

  /// The longest stretch of ink when gaps of up to `bridge` columns are forgiven.
  ///
  /// Ends are cut back until each holds at least half ink over `least` columns, so that
  /// a word in the margin does not lengthen a row.
  static func extent(_ onInk: [Bool], bridge: Int, least: Int) -> ClosedRange<Int>? {
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
      share(range.lowerBound..<(range.lowerBound + least)) < 0.6 || !onInk[range.lowerBound]
    {
      range = (range.lowerBound + 1)...range.upperBound
    }
    while range.count > 2 * least,
      share((range.upperBound + 1 - least)..<(range.upperBound + 1)) < 0.6
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
