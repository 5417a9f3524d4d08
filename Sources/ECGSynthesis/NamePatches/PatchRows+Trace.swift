import ECGCore
import ECGNumerics
import Foundation

extension PatchRows {
  /// One row's trace, piece by piece: each column has its own lead.
  func trace(
    at level: Double, columns: [Double], height: Double, width: Double,
    using numbers: inout SeededGenerator
  ) -> [PatchStroke] {
    let period = beatsPeriod ?? numbers.uniform(12, 33)
    let bounds = [-2] + columns.filter { $0 > 0 } + [end]
    var strokes: [PatchStroke] = []
    var run: [PatchPlace] = []
    for (from, to) in zip(bounds, bounds.dropFirst()) {
      if let start, to <= start { continue }
      let amplitude =
        height * numbers.uniform(0.4, 1.6) * (numbers.happens(0.25) ? -1 : 1)
      let offset = numbers.happens(0.3) ? numbers.boundedNormal(0, 0.6) : 0
      let noise = numbers.happens(0.18) ? numbers.uniform(0.1, 0.7) : 0
      let (wander, wave) = (
        numbers.happens(0.15) ? numbers.uniform(0.2, 2.5) : 0, numbers.uniform(2, 6)
      )
      let beats = Beats(period: period, until: to - from, using: &numbers)
      let inset = hasGaps ? 0.45 : 0
      for x in stride(from: from + inset, to: to - inset, by: 0.15) {
        var y = amplitude * beats.value(at: x - from) + offset
        if noise > 0 { y += numbers.boundedNormal(0, noise) }
        if wander > 0 { y += wander * sin(x / wave) }
        run.append(PatchPlace(x, level - y))
      }
      if hasGaps {
        strokes.append(PatchStroke(places: run, width: width))
        run = []
      }
    }
    if !run.isEmpty { strokes.append(PatchStroke(places: run, width: width)) }
    return strokes
  }
}

/// Heart beats as sums of five waves; millimetres at 25 mm/s along, R waves about 1 tall.
struct Beats {
  private struct Wave {
    var middle: Double
    var size: Double
    var width: Double
  }

  private var waves: [Wave] = []

  init(period: Double, until end: Double, using numbers: inout SeededGenerator) {
    let shape = [
      Wave(middle: -4.2, size: numbers.boundedNormal(0.1, 0.08), width: 0.6),
      Wave(middle: -0.7, size: numbers.boundedNormal(-0.05, 0.1), width: 0.22),
      Wave(
        middle: 0, size: numbers.boundedNormal(0.7, 0.7), width: 0.25 + 0.3 * numbers.unit()),
      Wave(middle: 0.75, size: numbers.boundedNormal(-0.25, 0.35), width: 0.3),
      Wave(middle: 6.2, size: numbers.boundedNormal(0.2, 0.25), width: 1.1),
    ]
    var beat = -numbers.unit() * period
    while beat < end + 8 {
      for wave in shape {
        waves.append(Wave(middle: beat + wave.middle, size: wave.size, width: wave.width))
      }
      beat += period * (1 + numbers.boundedNormal(0, 0.03))
    }
  }

  /// The height at `x` millimetres.
  func value(at x: Double) -> Double {
    var sum = 0.0
    for wave in waves {
      let d = (x - wave.middle) / wave.width
      if d * d < 18 { sum += wave.size * exp(-0.5 * d * d) }
    }
    return sum
  }
}
