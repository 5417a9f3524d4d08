import ECGNumerics
import Foundation

/// Light on paper: crumples, shadows, uneven lamps.
struct PatchLight {
  let side: Int

  /// Multiplies `light` by what falls on a patch.
  func change(_ light: inout [Float], using numbers: inout SeededGenerator) {
    if numbers.happens(0.45) { crumple(&light, using: &numbers) }
    for _ in 0..<numbers.pick([0, 0, 1, 2]) { castShadow(&light, using: &numbers) }
    var lamp = [Float](repeating: 1, count: light.count)
    let strength = numbers.uniform(0, 0.2)
    for _ in 0..<2 {
      let turns = numbers.uniform(1, 7) / Double(side)
      let direction = numbers.uniform(0, 2 * .pi)
      PatchSurface.addSine(
        to: &lamp, side: side, kx: turns * cos(direction), ky: turns * sin(direction),
        phase: numbers.uniform(0, 6), size: Float(strength * numbers.boundedNormal()))
    }
    for k in light.indices { light[k] *= min(max(lamp[k], 0.3), 1.8) }
  }

  private struct Facet {
    var x: Float
    var y: Float
    var slopeX: Float
    var slopeY: Float
    var level: Float
  }

  /// Crumpled paper: flat facets that face the light differently, with creases between them.
  private func crumple(_ light: inout [Float], using numbers: inout SeededGenerator) {
    let n = side
    let depth = numbers.uniform(0.02, 0.14)
    let facets = (0..<numbers.whole(4...22)).map { _ in
      Facet(
        x: Float(numbers.uniform(-0.2, 1.2) * Double(n)),
        y: Float(numbers.uniform(-0.2, 1.2) * Double(n)),
        slopeX: Float(numbers.boundedNormal(0, depth) / 60),
        slopeY: Float(numbers.boundedNormal(0, depth) / 60),
        level: Float(numbers.boundedNormal(0, depth)))
    }
    let softness = Float(numbers.uniform(0.7, 8))
    let (crease, creaseWidth) = (
      Float(numbers.boundedNormal(0, 0.13)), Float(numbers.uniform(0.6, 2.5))
    )
    facets.withUnsafeBufferPointer { facets in
      light.withUnsafeMutableBufferPointer { light in
        for row in 0..<n {
          for column in 0..<n {
            let (x, y) = (Float(column), Float(row))
            var (nearest, second) = (Float.infinity, Float.infinity)
            var (a, b) = (0, 0)
            for k in facets.indices {
              let (dx, dy) = (facets[k].x - x, facets[k].y - y)
              let d = dx * dx + dy * dy
              if d < nearest {
                (second, b) = (nearest, a)
                (nearest, a) = (d, k)
              } else if d < second {
                (second, b) = (d, k)
              }
            }
            let (p, q) = (facets[a], facets[b])
            let apart = ((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)).squareRoot()
            // The distance from the border between the two facets.
            let distance = (second - nearest) / (2 * apart + 1e-3)
            let own = p.level + p.slopeX * (x - p.x) + p.slopeY * (y - p.y)
            let other = q.level + q.slopeX * (x - q.x) + q.slopeY * (y - q.y)
            let share = distance < softness ? 0.5 + 0.5 * distance / softness : 1
            var value = 1 + own * share + other * (1 - share)
            if distance < 2.5 * creaseWidth {
              value += crease * max(0, 1 - distance / (2.5 * creaseWidth))
            }
            light[row * n + column] *= min(max(value, 0.5), 1.6)
          }
        }
      }
    }
  }

  /// A shadow with one or two straight soft edges.
  private func castShadow(_ light: inout [Float], using numbers: inout SeededGenerator) {
    let n = side
    let depth = Float(numbers.uniform(0.1, 0.6))
    let softness = Float(numbers.uniform(0.3, 15))
    let edges = (0..<numbers.whole(1...2)).map { _ -> (x: Float, y: Float, away: Float) in
      let angle = numbers.uniform(0, 2 * .pi)
      return (
        Float(cos(angle)), Float(sin(angle)), Float(numbers.uniform(-0.45, 0.45) * Double(n))
      )
    }
    let half = Float(n) / 2
    for row in 0..<n {
      for column in 0..<n {
        var inside = Float.infinity
        for edge in edges {
          inside = min(
            inside,
            (Float(column) - half) * edge.x + (Float(row) - half) * edge.y - edge.away)
        }
        let t = min(max(inside / (3 * softness) + 0.5, 0), 1)
        light[row * n + column] *= 1 - depth * t * t * (3 - 2 * t)
      }
    }
  }
}
