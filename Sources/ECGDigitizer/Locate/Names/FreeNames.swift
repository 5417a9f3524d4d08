package import ECGCore

/// Names in an order that no known layout has: rows by height, columns by place, leads as read.
///
/// Nothing vouches for a name here but itself: it must be clear, and stand in line with another
/// clear one. A lead that is read twice names nothing.
package struct FreeNames: Hashable, Sendable {
  /// One clear name; `lead` is `nil` where the same lead was read elsewhere too.
  package struct Name: Hashable, Sendable {
    package var mark: PrintedMark
    package var lead: Lead?
    package var row: Int
    package var column: Int
  }

  /// The position of the page in which they were read.
  package var position: PagePosition
  package var names: [Name]
  /// The heights of rows of names and the places of columns of names.
  package var rowYMillimeters: [Double]
  package var columnXMillimeters: [Double]
  /// All that was read in that position.
  package var marks: [PrintedMark]

  /// The least score of a name, and of a bare numeral, which bars of trace and grid look like.
  private static let leastScore = 0.6
  private static let leastNumeralScore = 0.75
  /// Names of one row and of one column lie so near to one line, in mm.
  private static let rowPlay = 3.5
  private static let columnPlay = 5.0

  /// The clear names of one position.
  ///
  /// - Returns: `nil` without two names in line that are no bare numerals.
  package init?(_ reading: PositionReading, fitter: LayoutFitter) {
    let clear = fitter.strongestPerPlace(reading.marks).filter {
      $0.kind.lead != nil
        && $0.score > ($0.kind.isNumeral ? FreeNames.leastNumeralScore : FreeNames.leastScore)
    }
    let inLine = clear.filter { one in clear.contains { FreeNames.areInLine(one, $0) } }
    guard inLine.count(where: { !$0.kind.isNumeral }) >= 2 else { return nil }
    let rows = FreeNames.lines(inLine.map(\.yMillimeters), within: FreeNames.rowPlay)
    let columns = FreeNames.lines(inLine.map(\.xMillimeters), within: FreeNames.columnPlay)
    func nearest(_ value: Double, _ lines: [Double]) -> Int {
      lines.indices.min { abs(lines[$0] - value) < abs(lines[$1] - value) } ?? 0
    }
    names = inLine.map { mark in
      let count = inLine.count { $0.kind.lead == mark.kind.lead }
      return Name(
        mark: mark, lead: count == 1 ? mark.kind.lead : nil,
        row: nearest(mark.yMillimeters, rows), column: nearest(mark.xMillimeters, columns))
    }
    guard names.contains(where: { $0.lead != nil }) else { return nil }
    (rowYMillimeters, columnXMillimeters) = (rows, columns)
    (position, marks) = (reading.position, reading.marks)
  }

  /// What speaks for the position: the scores of all names that are no bare numerals.
  package var worth: Double {
    names.reduce(0) { $0 + ($1.mark.kind.isNumeral ? 0 : $1.mark.score) }
  }

  /// The names of the position for which they clearly speak; `nil` if two do.
  package static func best(of readings: [PositionReading], fitter: LayoutFitter) -> FreeNames? {
    let found = readings.compactMap { FreeNames($0, fitter: fitter) }
      .sorted { $0.worth > $1.worth }
    guard let best = found.first else { return nil }
    return best.worth - (found.dropFirst().first?.worth ?? 0) >= 1 ? best : nil
  }

  /// Whether two names stand in one row or in one column.
  private static func areInLine(_ a: PrintedMark, _ b: PrintedMark) -> Bool {
    let (dx, dy) = (abs(a.xMillimeters - b.xMillimeters), abs(a.yMillimeters - b.yMillimeters))
    return (dx < columnPlay && dy > 8) || (dy < rowPlay && dx > 15)
  }

  /// The means of groups of `values`, no two of a group's neighbours farther apart than `play`.
  private static func lines(_ values: [Double], within play: Double) -> [Double] {
    var groups: [[Double]] = []
    for value in values.sorted() {
      if let last = groups.last?.last, value - last < play {
        groups[groups.count - 1].append(value)
      } else {
        groups.append([value])
      }
    }
    return groups.map { $0.reduce(0, +) / Double($0.count) }
  }
}

extension FreeNames {
  /// The rows and columns as a fit that holds no layout.
  var lines: LayoutFit {
    let layout = LeadLayout(
      name: "", rows: rowYMillimeters.count, columns: columnXMillimeters.count, slots: [])
    return LayoutFit(
      layout: layout, rowYMillimeters: rowYMillimeters, columnXMillimeters: columnXMillimeters,
      seen: [], rhythm: [], unexplainedScore: 0, score: 0)
  }

  /// Whether more than a few names stand beside stretches that `leads` calls otherwise.
  func contradicts(_ leads: LocatedLeads, pixelsPerMillimeter s: Double) -> Bool {
    guard
      let matched = NamedRows(
        names: rowYMillimeters, baselines: leads.rows.map { ($0.row.baselineY + 0.5) / s })
    else { return false }
    var (right, wrong) = (0, 0)
    for name in names {
      guard let lead = name.lead, let row = matched.printedRows[name.row] else { continue }
      let x = name.mark.xMillimeters * s - 0.5
      let beside = leads.placements.first {
        $0.row == row && ($0.startX - 3 * s..<max($0.endX - 3 * s, $0.startX)).contains(x)
      }
      guard let beside else { continue }
      if beside.lead == lead { right += 1 } else { wrong += 1 }
    }
    return wrong > max(1, right / 3)
  }

  /// The names that were taken, in page pixels of the position in which they were read.
  package func printed(pixelsPerMillimeter s: Double) -> [PrintedText] {
    names.filter { $0.lead != nil }.compactMap { $0.mark.printed(pixelsPerMillimeter: s) }
  }
}
