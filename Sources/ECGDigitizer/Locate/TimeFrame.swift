import ECGCore

/// Where the first column of leads begins and how wide columns are, by all that tells.
///
/// Every way to begin is tried: where rows begin, where they end less a round number of
/// seconds, where bars between columns say. Each is worth the part of the rows that begin there, of those
/// that end there, and of the bars that stand where it wants them; 5, 10 or 20 seconds, which
/// nearly every page holds, speak for themselves a little.
package struct TimeFrame: Equatable {
  /// The page column where the first column of leads begins.
  package var startX: Double
  /// The width of a column, in page pixels.
  package var width: Double
  /// What speaks for it: 1 for all rows' starts, 1 for their ends, 2 for all bars (if there are
  /// more than one), 0.6 for names.
  package var worth = 0.0
  /// What the best frame that begins elsewhere is worth.
  package var rivalWorth = 0.0

  /// Whether another start is about as good, or hardly anything speaks for this one.
  package var isDoubtful: Bool { worth < 1.45 || worth - rivalWorth < 0.2 }

  /// What tells where time begins on one page; places in page columns.
  package struct Evidence {
    /// Where each row's trace begins and ends.
    package var ends: [RowEnds]
    /// The bars between columns that look alike in all rows, or breaks there, by number from 1.
    package var bars: [Double?]
    /// The inner edge of the pulses before the traces, if there are any.
    package var pulseEdge: Double?
    package var columns: Int
    /// The width of a column by the distance of names, known to a millimetre or two.
    package var namedWidth: Double?
    /// The page columns of the picture: what is cut off there says nothing.
    package var page: ClosedRange<Double>
    /// The length that rows usually have, in page pixels: 5, 10 or 20 seconds.
    package var roundLength: Double
    package var pixelsPerMillimeter: Double
    /// The upright lines of the grid, if there is one.
    package var gridColumns: GridColumns?

    package init(
      ends: [RowEnds], bars: [Double?], pulseEdge: Double? = nil, columns: Int,
      namedWidth: Double? = nil, page: ClosedRange<Double>, roundLength: Double,
      pixelsPerMillimeter: Double, gridColumns: GridColumns? = nil
    ) {
      (self.ends, self.bars, self.pulseEdge) = (ends, bars, pulseEdge)
      (self.columns, self.namedWidth, self.page) = (columns, namedWidth, page)
      (self.roundLength, self.pixelsPerMillimeter) = (roundLength, pixelsPerMillimeter)
      self.gridColumns = gridColumns
    }

    /// How much a row's end says: half where the picture may have cut it.
    func weight(of x: Double) -> Double {
      let margin = 6 * pixelsPerMillimeter
      return x > page.lowerBound + margin && x < page.upperBound - margin ? 1 : 0.5
    }
  }

  /// A frame of `extent`, the length of which other leads spoke for, or of what fits `evidence`
  /// better.
  package init(_ extent: TimeExtent, _ evidence: Evidence) {
    let frames = TimeFrame.candidates(extent, evidence).map { frame in
      var frame = frame
      frame.worth += frame.agreement(with: evidence)
      return frame
    }
    let s = evidence.pixelsPerMillimeter
    let first = TimeFrame(startX: extent.startX, width: (extent.endX - extent.startX))
    var best = frames.max { $0.worth < $1.worth } ?? first
    let elsewhere = frames.filter { abs($0.startX - best.startX) > 1.5 * s }
    best.rivalWorth = elsewhere.map(\.worth).max() ?? 0
    best.settle(on: evidence)
    self = best
  }

  private init(startX: Double, width: Double, worth: Double = 0) {
    (self.startX, self.width, self.worth) = (startX, width, worth)
  }

  /// All frames that are tried; `worth` is what they are worth before any agreement.
  private static func candidates(_ extent: TimeExtent, _ evidence: Evidence) -> [TimeFrame] {
    let columns = Double(evidence.columns)
    let length = extent.endX - extent.startX
    let s = evidence.pixelsPerMillimeter
    var frames: [TimeFrame] = []
    let isNearlyRound = abs(length / evidence.roundLength - 1) < 0.022
    let usual = evidence.roundLength / columns
    if !isNearlyRound {
      frames.append(TimeFrame(startX: extent.startX, width: length / columns))
    }
    // Lines of the grid that run on beside a row may lengthen it by centimetres.
    if (0.94...1.15).contains(length / evidence.roundLength) {
      let byBars = evidence.bars.enumerated().compactMap { k, x in
        x.map { $0 - Double(k + 1) * usual }
      }
      let inked = TimeExtent(evidence.ends, pixelsPerMillimeter: s) ?? extent
      let byEnds = [extent, inked].flatMap { [$0.startX, $0.endX - evidence.roundLength] }
      for start in byEnds + byBars
      where abs(start - extent.startX) < 16 * s && start > evidence.page.lowerBound - 2 * s {
        frames.append(TimeFrame(startX: start, width: usual, worth: 0.3))
      }
    }
    let isCut = extent.endX > evidence.page.upperBound - 7 * s
    if let spacing = BarSpacing(
      evidence.bars, expected: isNearlyRound ? usual : length / columns, pixelsPerMillimeter: s),
      abs(spacing.startX - extent.startX) < 6 * s,
      // A frame about the grid lengthens rows, the picture's border cuts the last column.
      ((isCut ? -spacing.width : -6 * s)...30 * s)
        .contains(extent.endX - spacing.startX - columns * spacing.width)
    {
      frames.append(TimeFrame(startX: spacing.startX, width: spacing.width, worth: 0.3))
    }
    return frames
  }

  /// How far rows and bars agree with the frame.
  private func agreement(with evidence: Evidence) -> Double {
    let s = evidence.pixelsPerMillimeter
    /// 1 where both are the same to a third of `most` millimetres, 0 from `most` on.
    func nearness(_ a: Double, _ b: Double, most: Double = 1.2) -> Double {
      min(max(1.5 * (1 - abs(a - b) / s / most), 0), 1)
    }
    /// What one end of one row says. A pulse's foot is no more than so long, and says no more.
    func worth(_ place: Double, of x: Double, isOpen: Bool, inwards: Double) -> Double {
      if isOpen { return (-0.4...6).contains((x - place) / s * inwards) ? 0.5 : 0 }
      return nearness(place, x) * evidence.weight(of: place)
    }
    let end = startX + Double(evidence.columns) * width
    var sum = 0.0
    for row in evidence.ends {
      sum += worth(row.startX, of: startX, isOpen: row.hasOpenStart, inwards: 1)
      sum += worth(row.endX, of: end, isOpen: row.hasOpenEnd, inwards: -1)
    }
    sum /= Double(max(evidence.ends.count, 1))
    if let named = evidence.namedWidth { sum += 0.6 * nearness(named, width, most: 2.5) }
    let bars = evidence.bars.enumerated().reduce(0.0) { sum, bar in
      let expected = startX + Double(bar.offset + 1) * width
      return sum + (bar.element.map { nearness($0, expected, most: 0.6) } ?? 0)
    }
    // One bar may be a complex that several leads share; two at the right distance are not.
    if bars > 0 { sum += (bars > 1.2 ? 2 : 0.6) * bars / Double(evidence.bars.count) }
    // A trace does not begin inside its pulse.
    if let edge = evidence.pulseEdge, startX < edge - 0.3 * s { sum -= 1 }
    return sum
  }

  /// Moves the start to where bars, known to hundredths of a millimetre, say it is.
  ///
  /// Programs that draw pages put bars on whole pixels, up to 0.06 mm off, but begin traces on a
  /// line of the grid, and curves are not put on whole pixels. The lines are: a line of one pixel
  /// from coordinate n covers n to n + 1, and its middle is half a pixel, some 0.05 mm, beyond.
  /// Where the grid shows no such pixels, bars stand where they were meant to.
  private mutating func settle(on evidence: Evidence) {
    let s = evidence.pixelsPerMillimeter
    let offsets = evidence.bars.enumerated().compactMap { k, centre in
      centre.map { $0 - Double(k + 1) * width }
    }.filter { abs($0 - startX) < 1.2 * s }.sorted()
    guard offsets.count >= 2 else { return }
    let middle = offsets[offsets.count / 2]
    let near = offsets.filter { abs($0 - middle) < 0.2 * s }
    startX = near.reduce(0, +) / Double(near.count)
    guard let grid = evidence.gridColumns, grid.areOnPixels else { return }
    let drawn = grid.line(nearest: startX) - (grid.printPixel ?? 0.11 * s) / 2
    if abs(startX - drawn) < 0.11 * s { startX = drawn }
  }
}
