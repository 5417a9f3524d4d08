import ECGNumerics
import Foundation

/// What lies beside the paper.
struct PatchDesk {
  let side: Int

  /// Covers one side of the patch; there is no grid there.
  func cover(
    _ colors: inout [Float], _ isGrid: inout [Float], using numbers: inout SeededGenerator
  ) {
    let n = side
    let desk = texture(using: &numbers)
    let angle = numbers.uniform(0, 2 * .pi)
    let (cx, cy) = (Float(cos(angle)), Float(sin(angle)))
    let away = Float(numbers.uniform(-0.4, 0.43) * Double(n))
    let half = Float(n) / 2
    let shadow = Float(numbers.uniform(0, 0.4))
    for row in 0..<n {
      for column in 0..<n {
        let k = row * n + column
        let d = (Float(column) - half) * cx + (Float(row) - half) * cy - away
        guard d > -1 else { continue }
        let share = min(max(d + 0.5, 0), 1)
        // Paper throws a narrow shadow on the desk.
        let light = 1 - shadow * max(0, 1 - max(d, 0) / 25)
        for c in 0..<3 {
          colors[3 * k + c] += (desk[3 * k + c] * light - colors[3 * k + c]) * share
        }
        if d > 0 { isGrid[k] = 0 }
      }
    }
  }

  /// Fills the patch: no paper at all.
  func fill(
    _ colors: inout [Float], _ isGrid: inout [Float], using numbers: inout SeededGenerator
  ) {
    colors = texture(using: &numbers)
    for k in isGrid.indices { isGrid[k] = 0 }
  }

  /// Wood, cloth, plastic: a colour with a few waves in it.
  private func texture(using numbers: inout SeededGenerator) -> [Float] {
    let n = side
    let level = numbers.uniform(0.05, 0.9)
    let color = (0..<3).map { _ in
      Float(min(max(level + numbers.boundedNormal(0, 0.1), 0), 1)) * 255
    }
    var waves = [Float](repeating: 1, count: n * n)
    let grain = numbers.uniform(0, 2 * .pi)
    let isGrained = numbers.happens(0.5)
    for _ in 0..<6 {
      let turns = exp(numbers.uniform(log(0.02), log(2)))
      let direction =
        isGrained ? grain + numbers.boundedNormal(0, 0.05) : numbers.uniform(0, 2 * .pi)
      PatchSurface.addSine(
        to: &waves, side: n, kx: turns * cos(direction), ky: turns * sin(direction),
        phase: numbers.uniform(0, 6), size: Float(numbers.boundedNormal(0, 0.05)))
    }
    return (0..<(3 * n * n)).map { color[$0 % 3] * max(waves[$0 / 3], 0) }
  }
}
