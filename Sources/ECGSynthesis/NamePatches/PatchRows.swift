import ECGCore
import ECGNumerics
import Foundation

/// A stroke in millimetres.
struct PatchStroke {
  var places: [PatchPlace]
  var width: Double
  var dash: [Double] = []
}

/// The rows of traces on a patch: where they run, and how columns are told apart.
struct PatchRows {
  /// How two columns are told apart.
  enum Separator {
    case none, line, bar, pairOfTicks, dashedLine, barAbove, barBesideName
  }

  /// Where traces end.
  let end: Double
  /// The zero line of each row.
  let levels: [Double]
  let pitch: Double
  /// Rows that have columns; the others are rhythm strips.
  let bodyRows: Int
  /// Where columns start, from left to right; the first may be the start of the traces.
  let columnStarts: [Double]
  /// The start of the traces, if it lies on the patch.
  let start: Double?
  let nameOffset: PatchPlace
  let separator: Separator
  let separatorHeight: Double
  let separatorWidth: Double
  let hasPulse: Bool
  let pulseHeight: Double
  let pulseWidth: Double
  let pulseRest: Double
  let hasGaps: Bool
  /// The distance between beats, in millimetres; drawn per row if `nil`.
  let beatsPeriod: Double?

  /// The rows of a whole page.
  init(
    extent: (start: Double, end: Double), levels: [Double], bodyRows: Int, pitch: Double,
    columnStarts: [Double], nameOffset: PatchPlace, hasPulse: Bool, beatsPeriod: Double,
    using numbers: inout SeededGenerator
  ) {
    end = extent.end
    start = extent.start
    (self.levels, self.bodyRows, self.pitch) = (levels, bodyRows, pitch)
    (self.columnStarts, self.nameOffset, self.hasPulse) = (columnStarts, nameOffset, hasPulse)
    self.beatsPeriod = beatsPeriod
    separator = numbers.pick([.none, .line, .bar, .pairOfTicks])
    separatorHeight = numbers.uniform(3, 7)
    separatorWidth = numbers.pick([0.2, 0.3, 0.4])
    pulseHeight = 10
    pulseWidth = 5
    pulseRest = 0.5
    hasGaps = false
  }

  init(size: Double, nameHeight: Double, using numbers: inout SeededGenerator) {
    end = size + 2
    beatsPeriod = nil
    pitch = numbers.uniform(11, 34)
    levels = Array(stride(from: numbers.uniform(-0.5, pitch), to: size + 10, by: pitch))
    bodyRows = levels.count
    let columnWidth = numbers.uniform(22, 66)
    let first = numbers.uniform(-columnWidth + 2, min(columnWidth, size))
    columnStarts = Array(stride(from: first, to: size, by: columnWidth))
    let leftmost = columnStarts.first { $0 > 0 }
    start = numbers.happens(0.4) ? leftmost : nil
    nameOffset = PatchPlace(
      numbers.uniform(-2, 5),
      // Near the trace more often than pages have it: such names are the hard ones.
      numbers.happens(0.3)
        ? numbers.uniform(-2.5, 2.5)
        : numbers.uniform(1, 11) * (numbers.happens(0.7) ? -1 : 1))
    let kinds: [Separator] = [
      .none, .line, .bar, .pairOfTicks, .dashedLine, .barAbove, .barBesideName,
    ]
    separator = kinds[numbers.pick(weights: [0.28, 0.16, 0.17, 0.12, 0.1, 0.07, 0.1])]
    separatorHeight = numbers.uniform(2, 9)
    separatorWidth = numbers.pick([0.1, 0.2, 0.3, 0.4, 0.6])
    hasPulse = numbers.happens(0.75)
    pulseHeight = numbers.pick([10, 10, 10, 5, 20]) * numbers.uniform(0.93, 1.07)
    pulseWidth = 5 * numbers.uniform(0.5, 1.1)
    pulseRest = numbers.uniform(0, 2.5)
    hasGaps = numbers.happens(0.15)
  }

  /// The traces, pulses and separators; pulses and separators are added to `marks`.
  func strokes(
    traceWidth: Double, marks: inout [PatchScene.Mark], using numbers: inout SeededGenerator
  ) -> [PatchStroke] {
    var strokes: [PatchStroke] = []
    // On whole pages traces are kept apart as devices do; on patches they may cross.
    let tallest = numbers.uniform(3, 17)
    let height = beatsPeriod == nil ? tallest : min(tallest, 0.55 * pitch)
    for (row, level) in levels.enumerated() {
      let columns = row < bodyRows ? columnStarts : Array(columnStarts.prefix(1))
      strokes += trace(
        at: level, columns: columns, height: height, width: traceWidth, using: &numbers)
      if let start, hasPulse {
        let right = start - pulseRest
        let left = right - pulseWidth
        let top = level - pulseHeight
        strokes.append(
          PatchStroke(
            places: [
              PatchPlace(left - numbers.uniform(0.3, 2.5), level), PatchPlace(left, level),
              PatchPlace(left, top), PatchPlace(right, top), PatchPlace(right, level),
              PatchPlace(start, level),
            ], width: traceWidth))
        marks.append(
          PatchScene.Mark(
            kind: .pulse, x: (left + right) / 2, y: (level + top) / 2, width: pulseWidth,
            height: pulseHeight))
      }
      for column in columns {
        // Few devices mark the start of the first column.
        if column == start, numbers.happens(0.7) { continue }
        strokes += separators(atColumn: column, level: level, marks: &marks)
      }
    }
    return strokes
  }

  private func separators(
    atColumn x: Double, level y: Double, marks: inout [PatchScene.Mark]
  ) -> [PatchStroke] {
    func stroke(_ from: Double, _ to: Double, _ width: Double, dash: [Double] = []) -> PatchStroke {
      PatchStroke(places: [PatchPlace(x, from), PatchPlace(x, to)], width: width, dash: dash)
    }
    let h = separatorHeight
    var (middle, strokes) = (y, [PatchStroke]())
    switch separator {
    case .none: return []
    case .line: strokes = [stroke(y - pitch / 2, y + pitch / 2, separatorWidth)]
    case .bar: strokes = [stroke(y - h / 2, y + h / 2, separatorWidth)]
    case .pairOfTicks:
      strokes = [
        stroke(y - h, y - 0.4 * h, separatorWidth), stroke(y + 0.4 * h, y + h, separatorWidth),
      ]
    case .dashedLine:
      strokes = [
        stroke(y - pitch / 2, y + pitch / 2, max(0.1, separatorWidth / 2), dash: [0.3, 0.5])
      ]
    case .barAbove:
      strokes = [stroke(y - h - 2, y - 2, separatorWidth)]
      middle = y - 2 - h / 2
    case .barBesideName:
      middle = y + nameOffset.y
      strokes = [stroke(middle - h / 3, middle + h / 3, max(0.1, separatorWidth / 2))]
    }
    marks.append(PatchScene.Mark(kind: .separator, x: x, y: middle, width: 0.6, height: h))
    return strokes
  }
}
