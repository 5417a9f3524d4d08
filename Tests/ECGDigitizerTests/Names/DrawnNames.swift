import ECGCore
import ECGDigitizer

/// A page of marks as a perfect reader would see them, for tests.
struct DrawnNames {
  var width = 270.0
  var height = 200.0
  var marks: [PrintedMark] = []

  /// The names of `layout` on a grid, and its rhythm strips below.
  init(
    _ layout: LeadLayout, x: Double = 20, y: Double = 40, columnPitch: Double? = nil,
    rowPitch: Double? = nil, score: Double = 0.8
  ) {
    let columnPitch = columnPitch ?? 240 / Double(max(layout.columns, 2))
    let rowPitch = rowPitch ?? 150 / Double(layout.rows + layout.rhythmLeads.count)
    for slot in layout.slots {
      add(
        slot.isInverted ? .invertedAVR : .name(slot.lead), x + Double(slot.column) * columnPitch,
        y + Double(slot.row) * rowPitch, score)
    }
    for (k, lead) in layout.rhythmLeads.enumerated() {
      guard let lead else { continue }
      add(.name(lead), x, y + Double(layout.rows + k) * rowPitch, score)
    }
  }

  mutating func add(_ kind: MarkKind, _ x: Double, _ y: Double, _ score: Double) {
    marks.append(PrintedMark(kind: kind, xMillimeters: x, yMillimeters: y, score: score))
  }

  /// The page as it reads in another position: names read there are noise, so only the signs
  /// that look the same either way stay, as a reader sees them.
  func lying(in position: PagePosition) -> [PrintedMark] {
    marks.compactMap { mark in
      let place = position.moved(
        x: mark.xMillimeters, y: mark.yMillimeters, width: width, height: height)
      guard position == .upright || (mark.kind.isNumeral && position.quarterTurns % 2 == 0) else {
        return nil
      }
      return PrintedMark(
        kind: mark.kind, xMillimeters: place.x, yMillimeters: place.y, score: mark.score)
    }
  }

  /// The readings of all eight positions.
  func readings(_ fitter: LayoutFitter) -> [PositionReading] {
    PagePosition.all.map { position in
      let marks = lying(in: position)
      return PositionReading(position: position, marks: marks, fits: fitter.fits(to: marks))
    }
  }

  /// The decision over all eight positions.
  func decision() -> NameReading {
    let fitter = LayoutFitter()
    return LayoutRules().decide(readings(fitter), fitter: fitter)
  }
}
