import ECGCore
import ECGNumerics
import Foundation

extension PatchScene {
  /// Names at their usual place: one beside the start of each piece of trace.
  mutating func drawRowNames(_ rows: PatchRows, using numbers: inout SeededGenerator) {
    for y in rows.levels {
      for x in rows.columnStarts where numbers.happens(0.93) {
        let kind = kinds[numbers.pick(weights: weights)]
        let place = PatchPlace(
          x + rows.nameOffset.x + numbers.boundedNormal(0, 0.2) + styles[0].capHeight * 0.6,
          y + rows.nameOffset.y + numbers.boundedNormal(0, 0.2))
        write(kind, at: place, style: styles[0], using: &numbers)
      }
    }
  }

  /// The names of a layout, one beside the start of each piece of trace.
  mutating func draw(
    _ layout: LeadLayout, _ rows: PatchRows, using numbers: inout SeededGenerator
  ) {
    func name(_ kind: MarkKind, _ row: Int, _ column: Int) {
      let place = PatchPlace(
        rows.columnStarts[column] + rows.nameOffset.x, rows.levels[row] + rows.nameOffset.y)
      write(kind, at: place, style: styles[0], using: &numbers)
    }
    for slot in layout.slots {
      name(slot.isInverted ? .invertedAVR : .name(slot.lead), slot.row, slot.column)
    }
    for (k, lead) in layout.rhythmLeads.enumerated() {
      if let lead { name(.name(lead), layout.rows + k, 0) }
    }
  }

  /// Names anywhere, in up to three styles.
  mutating func drawScatteredNames(using numbers: inout SeededGenerator) {
    let styles = [self.styles[0], self.styles[0], self.styles[0], self.styles[1], self.styles[2]]
    for _ in 0..<(isPageLike ? numbers.whole(2...8) : numbers.whole(7...15)) {
      let style = numbers.pick(styles)
      guard
        let place = freePlace(
          width: style.capHeight * 2, height: style.capHeight * 1.2, using: &numbers)
      else { continue }
      write(kinds[numbers.pick(weights: weights)], at: place, style: style, using: &numbers)
    }
  }

  /// Writes one name, remembers it, and sometimes lets the trace go through it.
  private mutating func write(
    _ kind: MarkKind, at place: PatchPlace, style: NameStyle, using numbers: inout SeededGenerator
  ) {
    var width = 0.0
    let text = style.spelling(of: kind, using: &numbers)
    if style.chest == .subscripted, case .name(let lead) = kind, !lead.isLimb, text.count == 2 {
      let h = style.capHeight
      let left = canvas.write(
        String(text.prefix(1)), at: PatchPlace(place.x - 0.3 * h, place.y), style: style,
        color: textInk)
      canvas.write(
        String(text.suffix(1)),
        at: PatchPlace(
          place.x - 0.3 * h + left / 2 + 0.35 * h,
          place.y + h * numbers.uniform(0.15, 0.45)),
        style: style, color: textInk, scale: 0.62)
      width = left + 0.6 * h
    } else {
      width = canvas.write(text, at: place, style: style, color: textInk)
    }
    guard width > 0 else { return }
    let mark = Mark(kind: kind, x: place.x, y: place.y, width: width, height: style.capHeight)
    marks.append(mark)
    occupied.append(mark)
    if numbers.happens(struckShare) { strike(mark, using: &numbers) }
  }

  /// A piece of QRS through the name, as often as not through its last letter.
  private mutating func strike(_ mark: Mark, using numbers: inout SeededGenerator) {
    let x =
      numbers.happens(0.6)
      ? mark.x + mark.width * numbers.uniform(0.2, 0.5)
      : mark.x + mark.width * numbers.uniform(-0.7, 0.7)
    let y = mark.y + mark.height * numbers.uniform(-0.8, 0.8)
    let up = numbers.uniform(1, 12) * (numbers.happens(0.5) ? 1 : -1)
    if numbers.happens(0.7) {
      let (w1, w2) = (numbers.uniform(0.3, 1.2), numbers.uniform(0.3, 1.2))
      strikes.append([
        PatchPlace(x - w1 - numbers.uniform(1, 8), y + up * 0.5), PatchPlace(x - w1, y + up * 0.5),
        PatchPlace(x, y - up * 0.5), PatchPlace(x + w2, y + up * numbers.uniform(0.4, 0.8)),
        PatchPlace(x + w2 + numbers.uniform(1, 8), y + up * 0.5),
      ])
    } else {
      let slope = numbers.uniform(-0.6, 0.6)
      let w = numbers.uniform(2, 8)
      strikes.append([PatchPlace(x - w, y - slope * w), PatchPlace(x + w, y + slope * w)])
    }
  }

  /// A place where a box touches nothing that stands already; `nil` if twelve tries found none.
  func freePlace(
    width: Double, height: Double, using numbers: inout SeededGenerator
  ) -> PatchPlace? {
    for _ in 0..<12 {
      let x = numbers.uniform(width / 2, size - width / 2)
      let y = numbers.uniform(height / 2, size - height / 2)
      let isFree = occupied.allSatisfy {
        abs(x - $0.x) > (width + $0.width) / 2 + 0.6
          || abs(y - $0.y) > (height + $0.height) / 2 + 0.6
      }
      if isFree { return PatchPlace(x, y) }
    }
    return nil
  }
}
