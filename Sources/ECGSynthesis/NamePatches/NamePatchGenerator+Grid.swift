import ECGCore
import ECGNumerics
import Foundation

extension NamePatchGenerator {
  /// Draws a grid: lined, dotted, dashed, with or without small squares, or none at all.
  func drawGrid(on canvas: PatchCanvas, using numbers: inout SeededGenerator) {
    guard numbers.happens(0.94) else { return }
    let color = gridColor(using: &numbers)
    let pitch = 5 * numbers.uniform(0.97, 1.03)
    let strength = numbers.uniform(0.25, 1)
    let (wide, narrow) = (numbers.uniform(0.1, 0.36), numbers.uniform(0.08, 0.18))
    let smallStrength = numbers.pick([0, 0.15, 0.35, 0.6, 0.8]) * strength
    let smallKind = numbers.pick(weights: [0.55, 0.2, 0.25])
    let isWideDotted = numbers.happens(0.12)
    let (left, top) = (numbers.uniform(-pitch, 0), numbers.uniform(-pitch, 0))
    let small = pitch / 5
    let end = canvas.millimeters + 4

    func lines(every step: Double, width: Double, dash: [Double], both: Bool) {
      for k in 0...Int((end + 8) / step) {
        let offset = step * Double(k)
        canvas.stroke(
          [PatchPlace(left - 5, top - 5 + offset), PatchPlace(end, top - 5 + offset)],
          width: width, dash: dash, offset: -width / 2 + (dash.first ?? 0) / 2)
        guard both else { continue }
        canvas.stroke(
          [PatchPlace(left - 5 + offset, top - 5), PatchPlace(left - 5 + offset, end)],
          width: width, dash: dash, offset: (dash.first ?? 0) / 2)
      }
    }
    if smallStrength > 0 {
      canvas.use(color, opacity: smallStrength)
      switch smallKind {
      case 0: lines(every: small, width: narrow, dash: [], both: true)
      case 1: lines(every: small, width: 2 * narrow, dash: [0.01, small - 0.01], both: false)
      default: lines(every: small, width: narrow, dash: [small / 4, small / 4], both: true)
      }
    }
    canvas.use(color, opacity: strength)
    lines(
      every: pitch, width: wide, dash: isWideDotted ? [0.01, small - 0.01] : [], both: true)
  }

  private func gridColor(using numbers: inout SeededGenerator) -> InkColor {
    if numbers.happens(0.25) {
      return .grey(numbers.uniform(0, 0.75))  // photocopies: as dark as the trace, or pale
    }
    // Mostly red and pink, some orange, green, blue.
    let hue = numbers.pick([0, 0, 0, 0, 0.04, 0.08, 0.97, 0.93, 0.6, 0.35, 0])
    let saturation = numbers.uniform(0.24, 1)
    let value = numbers.uniform(0.47, 1)
    func channel(_ n: Double) -> Double {
      let k = (n + hue * 6).truncatingRemainder(dividingBy: 6)
      return value - value * saturation * max(0, min(min(k, 4 - k), 1))
    }
    return InkColor(red: channel(5), green: channel(3), blue: channel(1))
  }
}
