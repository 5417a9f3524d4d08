import ECGNumerics
import Foundation

extension PatchSurface {
  /// How a device or press prints a grid.
  private struct Style {
    enum Small {
      case lines, dots, dashes
    }

    var wide: Float
    var narrow: Float
    var strength: Float
    var smallStrength: Float
    var small: Small
    /// How strong the two families of wide lines are.
    var families: (Float, Float)
    /// Dots or dashes per cell of the wide lines; 0 if they are solid.
    var breaks: Int
    var hasHeavyLines: Bool

    init(cellPixels: Double, using numbers: inout SeededGenerator) {
      let wide = numbers.uniform(0.015, 0.06) * cellPixels + numbers.uniform(0, 0.6)
      self.wide = Float(wide)
      narrow = Float(wide * numbers.uniform(0.4, 1))
      strength = Float(numbers.uniform(0.12, 1))
      let parts = [0, numbers.uniform(0.05, 0.4), numbers.uniform(0.3, 0.85)]
      smallStrength = strength * Float(parts[numbers.pick(weights: [0.25, 0.38, 0.37])])
      small = [Small.dots, .dashes, .lines][numbers.pick(weights: [0.3, 0.12, 0.58])]
      families = (1, 1)
      if numbers.happens(0.15) {
        let weaker = Float(numbers.uniform(0.3, 0.9))
        if numbers.happens(0.5) { families.0 = weaker } else { families.1 = weaker }
      }
      breaks = numbers.happens(0.18) ? numbers.pick([5, 5, 10, 15]) : 0
      hasHeavyLines = numbers.happens(0.1)
    }
  }

  /// How much of each pixel the printed grid covers, 0…1.
  func grid(using numbers: inout SeededGenerator) -> [Float] {
    let style = Style(cellPixels: cellPixels, using: &numbers)
    let (gu, gv) = (
      PatchSurface.steepness(of: u, side: side), PatchSurface.steepness(of: v, side: side)
    )
    var cover = [Float](repeating: 0, count: side * side)
    cover.withUnsafeMutableBufferPointer { out in
      for k in out.indices {
        let (u, v, gu, gv) = (u[k], v[k], gu[k], gv[k])
        var a = style.families.0 * PatchSurface.line(u, gu, width: style.wide)
        var b = style.families.1 * PatchSurface.line(v, gv, width: style.wide)
        if style.breaks > 0 {
          let count = Float(style.breaks)
          if PatchSurface.part(v * count + 0.3) > 0.6 { a = 0 }
          if PatchSurface.part(u * count + 0.3) > 0.6 { b = 0 }
        }
        var value = max(a, b) * style.strength
        if style.smallStrength > 0 {
          var (c, d) = (
            PatchSurface.line(5 * u, 5 * gu, width: style.narrow),
            PatchSurface.line(5 * v, 5 * gv, width: style.narrow)
          )
          let small: Float
          switch style.small {
          case .lines: small = max(c, d) * style.smallStrength
          case .dots:
            c = PatchSurface.line(5 * u, 5 * gu, width: max(style.narrow, 1))
            d = PatchSurface.line(5 * v, 5 * gv, width: max(style.narrow, 1))
            small = c * d * min(1, 1.8 * style.smallStrength)
          case .dashes:
            if PatchSurface.part(v * 10 + 0.25) > 0.5 { c = 0 }
            if PatchSurface.part(u * 10 + 0.25) > 0.5 { d = 0 }
            small = max(c, d) * style.smallStrength
          }
          value = max(value, small)
        }
        if style.hasHeavyLines {
          let c = PatchSurface.line(u / 5, gu / 5, width: 2 * style.wide)
          let d = PatchSurface.line(v / 5, gv / 5, width: 2 * style.wide)
          value = max(value, max(c, d) * min(1, 1.5 * style.strength))
        }
        out[k] = value
      }
    }
    if numbers.happens(0.2) { fade(&cover, using: &numbers) }
    return cover
  }

  /// How much of a pixel a line covers that runs where `place` is a whole number.
  @inline(__always)
  private static func line(_ place: Float, _ steepness: Float, width: Float) -> Float {
    let distance = abs(place - place.rounded()) / steepness
    return max(0, min(distance + 0.5, width / 2) - max(distance - 0.5, -width / 2))
  }

  @inline(__always)
  private static func part(_ value: Float) -> Float { value - value.rounded(.down) }

  /// Worn patches.
  private func fade(_ cover: inout [Float], using numbers: inout SeededGenerator) {
    var amount = [Float](repeating: 1, count: cover.count)
    for _ in 0..<4 {
      let turns = numbers.uniform(3, 20) / Double(side)
      let direction = numbers.uniform(0, 2 * .pi)
      PatchSurface.addSine(
        to: &amount, side: side, kx: turns * cos(direction), ky: turns * sin(direction),
        phase: numbers.uniform(0, 6), size: Float(numbers.uniform(0, 0.4)))
    }
    for k in cover.indices { cover[k] *= min(max(amount[k], 0.1), 1.4) }
  }
}
