import CCairo
import ECGNumerics
import Foundation

extension StripScene {
  /// The ink of what is not a trace: bars, names, pulses, other writing.
  func drawnClutter(using numbers: inout SeededGenerator) -> [Float] {
    let canvas = StripCanvas(width: width, height: height)
    addBars(to: canvas, using: &numbers)
    if start.isFinite, numbers.happens(0.7) {
      addPulses(to: canvas, isBefore: true, using: &numbers)
    }
    if end.isFinite, numbers.happens(0.7) {
      addPulses(to: canvas, isBefore: false, using: &numbers)
    }
    addNames(to: canvas, using: &numbers)
    if numbers.happens(0.12) { addWords(to: canvas, using: &numbers) }
    if numbers.happens(0.1) { addHandwriting(to: canvas, using: &numbers) }
    return canvas.ink()
  }

  private func addBars(to canvas: StripCanvas, using numbers: inout SeededGenerator) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    // Devices that draw bars between leads may draw one where the row ends, before the pulse.
    let hasLast = numbers.happens(0.5)
    var places = [border, start, hasLast ? end : .infinity].filter(\.isFinite)
    if numbers.happens(0.04) { places.append(numbers.uniform(0, Double(width))) }
    guard numbers.happens(0.75) else { return }
    let bar = s * numbers.pick([0.15, 0.3, 0.5, 0.8, 1.1])
    let half = s * numbers.uniform(1, 8)
    let kind = numbers.whole(0...4)
    for x in places {
      for row in rows {
        let y = row.baseline
        switch kind {
        case 0, 1: canvas.stroke([(x, y - half), (x, y + half)], width: bar)
        case 2:
          canvas.stroke([(x, y - half - s), (x, y - half * 0.4)], width: bar)
          canvas.stroke([(x, y + half * 0.4), (x, y + half + s)], width: bar)
        case 3: canvas.stroke([(x, y - pitch / 2), (x, y + pitch / 2)], width: bar)
        default:
          canvas.stroke(
            [(x, y - pitch / 2), (x, y + pitch / 2)], width: min(bar, 0.4 * s),
            dash: [0.4 * s, 0.5 * s])
        }
      }
    }
  }

  private func addPulses(
    to canvas: StripCanvas, isBefore: Bool, using numbers: inout SeededGenerator
  ) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let (tall, wide) = (s * numbers.pick([10, 10, 5, 20]), s * numbers.uniform(2.5, 5.5))
    let (rest, run) = (s * numbers.uniform(0, 2.5), s * numbers.uniform(0.3, 2.5))
    let left = isBefore ? start - rest - wide : end + rest
    for row in rows {
      let y = row.baseline
      canvas.stroke(
        [
          (isBefore ? left - run : end, y), (left, y), (left, y - tall), (left + wide, y - tall),
          (left + wide, y), (isBefore ? start : left + wide + run, y),
        ], width: strokeWidth)
    }
  }

  private func addNames(to canvas: StripCanvas, using numbers: inout SeededGenerator) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let words = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "-aVR"]
    var places = [border, start].filter(\.isFinite)
    if numbers.happens(0.15) { places.append(numbers.uniform(0, Double(width))) }
    guard numbers.happens(0.8) else { return }
    let font = numbers.pick(OutlineFont.installed)
    let (capHeight, stretch) = (s * numbers.uniform(1.6, 4), numbers.uniform(0.8, 1.2))
    var (dx, dy) = (s * numbers.uniform(-2, 5), s * numbers.uniform(-9, 9))
    if numbers.happens(0.4), let x = places.first, let deep = deepest(near: x) {
      // Names are hardest where a QRS runs through them.
      dx = min(max(deep.x - x + s * numbers.boundedNormal(-2, 1.5), -3 * s), 6 * s)
      dy = deep.height * numbers.uniform(0.3, 1.1) + s * numbers.uniform(0, 3)
    }
    var texts: [(text: String, x: Double, y: Double)] = []
    for x in places {
      for row in rows { texts.append((numbers.pick(words), x + dx, row.baseline + dy)) }
    }
    canvas.write(texts, font: font, capHeight: capHeight, stretch: stretch)
  }

  /// Where the middle trace is farthest from its zero line after a border, and how far.
  private func deepest(near border: Double) -> (x: Double, height: Double)? {
    var best: (x: Double, height: Double)?
    for k in 0..<70 {
      let x = border + Double(k)
      guard isPrinted(x), x >= 0, x < Double(width) else { continue }
      let height = y(of: rows[middle], at: x, isAfter: x >= self.border) - rows[middle].baseline
      if abs(height) > abs(best?.height ?? 0) { best = (x, height) }
    }
    return best
  }

  private func addWords(to canvas: StripCanvas, using numbers: inout SeededGenerator) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let words = [
      "25 mm/s", "10 mm/mV", "0.05-150 Hz", "Sinus rhythm", "QRS 92 ms", "Vent. rate 71",
    ]
    let font = numbers.pick(OutlineFont.installed)
    let (capHeight, stretch) = (s * numbers.uniform(1.5, 3.5), numbers.uniform(0.8, 1.2))
    let y = numbers.uniform(0, Double(height))
    let word = numbers.pick(words)
    canvas.write(
      [(word, numbers.uniform(-80, Double(width) * 0.6), y)], font: font, capHeight: capHeight,
      stretch: stretch)
  }

  private func addHandwriting(to canvas: StripCanvas, using numbers: inout SeededGenerator) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let pen = s * numbers.uniform(0.3, 0.8)
    var (x, y) = (numbers.uniform(0, Double(width)), numbers.uniform(0, Double(height)))
    for _ in 0..<numbers.whole(1...6) {
      var places = [(x: x, y: y)]
      var angle = numbers.uniform(0, 6.3)
      let bend = numbers.boundedNormal(0, 0.25)
      for _ in 0..<numbers.whole(4...30) {
        angle += bend + numbers.boundedNormal(0, 0.15)
        x += 3 * cos(angle)
        y += 3 * sin(angle)
        places.append((x, y))
      }
      canvas.stroke(places, width: pen)
      x += numbers.boundedNormal(6, 4)
    }
  }
}
