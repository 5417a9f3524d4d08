import ECGNumerics
import Foundation

/// The rows of a strip: which lead runs where, pixel columns and rows of the strip.
struct StripScene {
  /// One printed row.
  struct Row {
    /// The zero line.
    var baseline: Double
    /// The lead before and after the column border.
    var leads: (before: Int, after: Int)
    /// Pixels per millivolt before and after, upwards.
    var scales: (before: Double, after: Double)
    /// What the zero line is off, in pixels, before and after.
    var offsets: (before: Double, after: Double)
    /// Slow wander, in pixels.
    var wander: Double
    var wanderPhase: Double
  }

  let source: LeadSource
  let width: Int
  let height: Int
  var rows: [Row] = []
  /// The row in the middle, whose curve is asked for.
  var middle = 0
  /// The column where leads change; beyond the strip if they do not.
  var border: Double
  /// The columns between which traces are printed.
  var start: Double
  var end: Double
  /// The time at column 0, in seconds, before and after the border.
  var times: (before: Double, after: Double)
  var secondsPerColumn: Double
  /// Half the gap that is left white on each side of the border.
  var gap: Double
  /// Whether one line is drawn through the border.
  var isJoined: Bool
  var strokeWidth: Double
  var pitch: Double

  init(
    _ source: LeadSource, width: Int, height: Int, using numbers: inout SeededGenerator
  ) {
    (self.source, self.width, self.height) = (source, width, height)
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let speed = [25.0, 50, 12.5][numbers.pick(weights: [0.82, 0.13, 0.05])]
    secondsPerColumn = 1 / (s * speed)
    let span = Double(width) * secondsPerColumn
    let last = max(source.seconds - span, 0)
    let time = numbers.uniform(0, last)
    times = (time, numbers.happens(0.75) ? time : numbers.uniform(0, last))
    border = numbers.happens(0.62) ? numbers.uniform(-10, Double(width) + 10) : .infinity
    if border.isFinite, numbers.happens(0.7) {
      // A QRS at the border is where leads are hardest to tell from bars and names.
      let steepest = source.steepestTime(
        of: numbers.whole(0...(source.millivolts.count - 1)), near: numbers.uniform(0, last))
      let after = steepest - (border + numbers.boundedNormal(4, 14)) * secondsPerColumn
      times = (numbers.happens(0.8) ? after : times.before, after)
    }
    start = numbers.happens(0.14) ? numbers.uniform(0, Double(width) * 0.7) : -.infinity
    end = numbers.happens(0.16) ? numbers.uniform(Double(width) * 0.3, Double(width)) : .infinity
    if !border.isFinite, start.isFinite || end.isFinite, numbers.happens(0.5) {
      // Nor are row ends easier with a QRS in them.
      let steepest = source.steepestTime(
        of: numbers.whole(0...(source.millivolts.count - 1)), near: numbers.uniform(0, last))
      let inward = abs(numbers.boundedNormal(0, 14))
      let place = end.isFinite ? end - inward : start + inward
      let time = steepest - place * secondsPerColumn
      times = (time, time)
    }
    gap = numbers.happens(0.2) ? numbers.uniform(0.5, 6) : 0
    isJoined = numbers.happens(0.35)
    strokeWidth = s * exp(numbers.uniform(log(0.11), log(0.62)))
    // Rows as close as devices print them: what is tall runs into the neighbours.
    pitch = s * exp(numbers.uniform(log(9), log(46)))
    addRows(using: &numbers)
  }

  private mutating func addRows(using numbers: inout SeededGenerator) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let count = source.millivolts.count
    let gain = [10.0, 5, 20][numbers.pick(weights: [0.84, 0.08, 0.08])]
    // Some hearts are drawn taller than they are, so that crossings are common.
    let stretch = numbers.happens(0.4) ? numbers.uniform(1, 2.8) : numbers.uniform(0.8, 1.1)
    let zero = Double(height) / 2 + numbers.boundedNormal(0, 1.2 * s)
    let above = Int((zero + 14 * s) / pitch)
    let below = Int((Double(height) - zero + 14 * s) / pitch)
    let first = numbers.happens(0.3) ? -numbers.whole(0...max(above, 0)) : -above
    let last = numbers.happens(0.3) ? numbers.whole(0...max(below, 0)) : below
    let isGrouped = numbers.happens(0.7) && count >= 12
    let group = numbers.whole(0...3)
    for k in min(first, 0)...max(last, 0) {
      let base = zero + Double(k) * pitch + (k == 0 ? 0 : numbers.boundedNormal(0, 0.06 * pitch))
      func lead(_ column: Int) -> Int {
        isGrouped
          ? (3 * ((group + column) % 4) + ((k + 9) % 3)) : numbers.whole(0...(count - 1))
      }
      let isRhythm = numbers.happens(0.2)
      let before = isRhythm ? min(1, count - 1) : lead(0)
      let after = isRhythm ? before : lead(1)
      func scale() -> Double {
        -gain * s * stretch * (numbers.happens(0.06) ? -1 : 1)
          * (numbers.happens(0.2) ? numbers.uniform(0.5, 1.6) : 1)
      }
      func offset() -> Double {
        numbers.boundedNormal(0, 0.5 * s) * (numbers.happens(0.2) ? 4 : 1)
      }
      let scales = (before: scale(), after: scale())
      let offsets = (before: offset(), after: offset())
      if k == 0 { middle = rows.count }
      rows.append(
        Row(
          baseline: base, leads: (before, after),
          scales: isRhythm ? (scales.before, scales.before) : scales,
          offsets: isRhythm ? (offsets.before, offsets.before) : offsets,
          wander: numbers.happens(0.25) ? numbers.uniform(0, 2.5) * s : 0,
          wanderPhase: numbers.uniform(0, 6.3)))
    }
  }

  /// Where the curve of `row` runs at column `x`, taken from one side of the border.
  func y(of row: Row, at x: Double, isAfter: Bool) -> Double {
    let time = (isAfter ? times.after : times.before) + x * secondsPerColumn
    let value = source.value(of: isAfter ? row.leads.after : row.leads.before, at: time)
    let wander = row.wander * sin(x / 170 + row.wanderPhase)
    return row.baseline + wander + (isAfter ? row.scales.after : row.scales.before) * value
      + (isAfter ? row.offsets.after : row.offsets.before)
  }

  /// Whether traces are printed at column `x`.
  func isPrinted(_ x: Double) -> Bool {
    x >= start && x <= end && (gap == 0 || abs(x - border) >= gap)
  }

  /// The curve of the middle row in each column, where it is printed and in the strip.
  func curve() -> [Double?] {
    (0..<width).map { column in
      let x = Double(column)
      guard isPrinted(x) else { return nil }
      let y = y(of: rows[middle], at: x, isAfter: x >= border)
      return y > 1 && y < Double(height - 2) ? y : nil
    }
  }

  /// The polylines of a row.
  func strokes(of row: Row) -> [[(x: Double, y: Double)]] {
    let step = 0.4
    var pieces: [[(x: Double, y: Double)]] = []
    var run: [(x: Double, y: Double)] = []
    var wasAfter = false
    for k in 0...Int(Double(width + 8) / step) {
      let x = Double(k) * step - 4
      let isAfter = x >= border
      if isAfter != wasAfter, !isJoined, !run.isEmpty {
        pieces.append(run)
        run = []
      }
      wasAfter = isAfter
      if isPrinted(x) {
        run.append((x, y(of: row, at: x, isAfter: isAfter)))
      } else if !run.isEmpty {
        pieces.append(run)
        run = []
      }
    }
    if !run.isEmpty { pieces.append(run) }
    return pieces
  }

  /// The ink of the middle trace, and of the others.
  func drawnTraces() -> (own: [Float], others: [Float]) {
    let own = StripCanvas(width: width, height: height)
    let others = StripCanvas(width: width, height: height)
    for (k, row) in rows.enumerated() {
      let canvas = k == middle ? own : others
      for piece in strokes(of: row) { canvas.stroke(piece, width: strokeWidth) }
    }
    return (own.ink(), others.ink())
  }
}
