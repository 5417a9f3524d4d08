import ECGCore
import ECGImaging
import ECGNumerics
import Foundation

/// What lens, sensor, copier, screen and file format do to a drawn patch.
struct PatchCamera {
  let side: Int
  let cellPixels: Double

  /// The picture of `colors` (red, green, blue, 0…255).
  func picture(
    of colors: [Float], using numbers: inout SeededGenerator
  ) -> Raster<PhotoSpace> {
    var colors = colors
    let isSmall = cellPixels < 20
    switch numbers.pick(weights: [0.4, 0.1, 0.5]) {
    case 0:
      let sigma = numbers.uniform(0.3, 1) * (isSmall ? 1 : 1.8) * (cellPixels < 10 ? 0.7 : 1)
      PatchKernels.blur(&colors, side: side, sigma: sigma)
    case 1: smear(&colors, reach: numbers.whole(1...(isSmall ? 2 : 5)), using: &numbers)
    default: break
    }
    expose(&colors, using: &numbers)
    if numbers.happens(0.06) { halftone(&colors, using: &numbers) }
    if numbers.happens(0.06) { addMoire(&colors, using: &numbers) }
    if numbers.happens(0.7) {
      PatchKernels.addNoise(
        &colors, deviation: Float(numbers.uniform(0, 9)), isGrey: numbers.happens(0.7),
        using: &numbers)
    }
    if numbers.happens(0.25) { makeGrey(&colors) }
    if numbers.happens(0.07) {
      let factor = Float(numbers.uniform(2, 6))
      for k in colors.indices { colors[k] = (colors[k] - 127) * factor + 150 }
    }
    let raster = Raster<PhotoSpace>(
      width: side, height: side, bytes: colors.map { UInt8(min(max($0, 0), 255)) })
    guard numbers.happens(0.7),
      let data = try? raster.jpegData(quality: numbers.whole(25...95)),
      let back = try? Raster<PhotoSpace>(decoding: data)
    else { return raster }
    return back
  }

  /// Tone, brightness and the colour of the light.
  private func expose(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    let gamma = exp(numbers.boundedNormal(0, 0.25))
    let gain = numbers.uniform(0.55, 1.05)
    let gains = (0..<3).map { _ in gain * (1 + numbers.boundedNormal(0, 0.05)) }
    let tables = gains.map { gain in
      (0...300).map { Float(255 * gain * pow(Double($0) / 255, gamma)) }
    }
    for k in colors.indices { colors[k] = tables[k % 3][Int(min(max(colors[k], 0), 293))] }
  }

  /// Motion: the mean along a short line.
  private func smear(_ colors: inout [Float], reach: Int, using numbers: inout SeededGenerator) {
    let angle = numbers.uniform(0, .pi)
    let steps = (-reach...reach).map { k in
      (Int((Double(k) * cos(angle)).rounded()), Int((Double(k) * sin(angle)).rounded()))
    }
    let (source, n) = (colors, side)
    let share = 1 / Float(steps.count)
    for row in 0..<n {
      for column in 0..<n {
        var sum: (Float, Float, Float) = (0, 0, 0)
        for (dx, dy) in steps {
          let k = 3 * (min(max(row + dy, 0), n - 1) * n + min(max(column + dx, 0), n - 1))
          sum = (sum.0 + source[k], sum.1 + source[k + 1], sum.2 + source[k + 2])
        }
        let k = 3 * (row * n + column)
        colors[k] = sum.0 * share
        colors[k + 1] = sum.1 * share
        colors[k + 2] = sum.2 * share
      }
    }
  }

  private func makeGrey(_ colors: inout [Float]) {
    for k in 0..<(side * side) {
      let grey = 0.299 * colors[3 * k] + 0.587 * colors[3 * k + 1] + 0.114 * colors[3 * k + 2]
      for c in 0..<3 { colors[3 * k + c] = grey }
    }
  }

  /// A copier's dots: darker grey makes larger dots.
  private func halftone(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    makeGrey(&colors)
    let turns = 2 * Double.pi / numbers.uniform(2.5, max(3, min(6, 0.3 * cellPixels)))
    let angle = numbers.uniform(0, .pi / 2)
    let spread = Float(numbers.uniform(30, 60))
    let middle = Float(numbers.uniform(0.55, 0.85)) * (colors.reduce(0, +) / Float(colors.count))
    let sharpness = Float(numbers.uniform(1.5, 6))
    var screen = [Float](repeating: middle, count: side * side)
    PatchSurface.addSine(
      to: &screen, side: side, kx: turns * cos(angle), ky: turns * sin(angle), phase: 0,
      size: spread)
    PatchSurface.addSine(
      to: &screen, side: side, kx: -turns * sin(angle), ky: turns * cos(angle), phase: 0,
      size: spread)
    for k in colors.indices {
      colors[k] = min(max((colors[k] - screen[k / 3]) * sharpness + 128, 10), 250)
    }
  }

  /// The stripes of a photographed screen.
  private func addMoire(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    for c in 0..<3 {
      var stripes = [Float](repeating: 1, count: side * side)
      let turns = 2 * Double.pi / numbers.uniform(2.1, 12)
      let angle = numbers.uniform(0, .pi)
      PatchSurface.addSine(
        to: &stripes, side: side, kx: turns * cos(angle), ky: turns * sin(angle),
        phase: numbers.uniform(0, 6), size: Float(numbers.uniform(0.02, 0.12)))
      for k in stripes.indices { colors[3 * k + c] *= stripes[k] }
    }
  }
}
