import ECGCore
import ECGNumerics
import Foundation

extension PatchScene {
  /// Text that is no lead name.
  mutating func drawHeaderText(using numbers: inout SeededGenerator) {
    let count = numbers.happens(0.8) ? numbers.whole(0...5) : numbers.whole(8...21)
    for _ in 0..<count {
      let style = numbers.happens(0.7) ? headerStyle : styles[0]
      let text = HeaderText.random(using: &numbers)
      guard Lead(anySpelling: text) == nil else { continue }
      let isTurned = numbers.happens(0.04)
      let length = min(Double(text.count) * style.capHeight * 0.75, 30)
      let (w, h) = (isTurned ? style.capHeight : length, isTurned ? length : style.capHeight)
      guard let place = freePlace(width: w, height: h * 1.2, using: &numbers) else { continue }
      let width = canvas.write(
        text, at: place, style: style, color: textInk, quarterTurned: isTurned)
      occupied.append(
        Mark(
          kind: .otherName, x: place.x, y: place.y, width: isTurned ? style.capHeight : width,
          height: isTurned ? width : style.capHeight))
    }
  }

  /// A header in lines and columns, and what most devices print at the foot.
  func drawPageHeader(
    width: Double, height: Double, top: Double, using numbers: inout SeededGenerator
  ) {
    for line in 0..<numbers.whole(1...6) {
      for column in 0..<numbers.whole(1...3) {
        let y = 4 + 4.2 * Double(line)
        guard y < top - 4 else { continue }
        canvas.write(
          HeaderText.random(using: &numbers),
          at: PatchPlace(30 + Double(column) * numbers.uniform(50, 85), y), style: headerStyle,
          color: textInk)
      }
    }
    canvas.write(
      "25 mm/s 10 mm/mV 0.05-150 Hz", at: PatchPlace(width * 0.3, height - 4),
      style: headerStyle, color: textInk)
  }

  /// Short bars, upright or slanted, and a scribble: they look like I and are none.
  mutating func barsAndScribbles(using numbers: inout SeededGenerator) -> [PatchStroke] {
    var strokes: [PatchStroke] = []
    for _ in 0..<numbers.whole(0...4) {
      let height = numbers.uniform(0.8, 9)
      guard let place = freePlace(width: 1.4, height: height, using: &numbers) else { continue }
      let angle =
        numbers.happens(0.6)
        ? .pi / 2 + numbers.boundedNormal(0, 0.05) : numbers.uniform(0, 2 * .pi)
      let (dx, dy) = (height / 2 * cos(angle), height / 2 * sin(angle))
      strokes.append(
        PatchStroke(
          places: [PatchPlace(place.x - dx, place.y - dy), PatchPlace(place.x + dx, place.y + dy)],
          width: numbers.uniform(0.1, 0.6)))
      if height > 1.3 {
        occupied.append(
          Mark(kind: .otherName, x: place.x, y: place.y, width: 1, height: height))
      }
    }
    return strokes
  }

  /// Pen strokes over everything: handwriting, underlines, ticks.
  func drawPenMarks(using numbers: inout SeededGenerator) {
    guard numbers.happens(0.25) else { return }
    canvas.use(
      numbers.happens(0.5)
        ? InkColor(red: 0.1, green: 0.15, blue: numbers.uniform(0.4, 0.8))
        : .grey(numbers.uniform(0, 0.4)),
      opacity: numbers.uniform(0.5, 1))
    let step = numbers.uniform(0.2, 1.4)
    var place = PatchPlace(numbers.uniform(0, size), numbers.uniform(0, size))
    var direction = numbers.uniform(0, 2 * .pi)
    var places = [place]
    for _ in 0..<numbers.whole(8...60) {
      direction += numbers.boundedNormal(0, 0.8)
      place = PatchPlace(place.x + step * cos(direction), place.y + step * sin(direction))
      places.append(place)
    }
    canvas.stroke(places, width: numbers.uniform(0.15, 0.6))
  }
}
