import ECGCore
import ECGImaging
import ECGNumerics
import Foundation

/// What light, lens, sensor and file format do to a drawn patch.
struct PatchWear {
  /// Pixels of the side as drawn, and as wanted.
  let sourcePixels: Int
  let pixels: Int
  /// Whether only black and white are left.
  let isPhotocopy: Bool

  /// Wears `colors` (red, green, blue, 0…255) and brings it to the wanted size.
  func worn(
    _ colors: [Float], millimeters: Double, using numbers: inout SeededGenerator
  ) -> Raster<PageSpace> {
    let n = sourcePixels
    var colors = colors
    if numbers.happens(0.6) { shade(&colors, using: &numbers) }
    if numbers.happens(0.2) { castShadow(&colors, using: &numbers) }
    if numbers.happens(0.08) { crease(&colors, using: &numbers) }
    if numbers.happens(0.4) {
      let sigma = numbers.uniform(0.03, 0.22) * Double(n) / millimeters
      PatchKernels.blur(&colors, side: n, sigma: sigma)
    }
    if numbers.happens(0.12) {
      PatchKernels.sharpen(&colors, side: n, amount: Float(numbers.uniform(0.3, 1.5)))
    }
    if numbers.happens(0.7) {
      let strength = numbers.uniform(0.5, numbers.pick([5, 12, 25]))
      PatchKernels.addNoise(
        &colors, deviation: Float(strength), isGrey: numbers.happens(0.5), using: &numbers)
    }
    let gain = Float(numbers.uniform(0.6, 1.2))
    let lift = numbers.happens(0.3) ? Float(numbers.uniform(-20, 20)) : 0
    for i in colors.indices { colors[i] = min(max(colors[i] * gain + lift, 0), 255) }
    changeTone(&colors, using: &numbers)

    var bytes = colors.map { UInt8(min(max($0, 0), 255)) }
    if numbers.happens(0.55) {
      let quality = numbers.whole(22...95)
      let source = Raster<PageSpace>(width: n, height: n, bytes: bytes)
      if let data = try? source.jpegData(quality: quality),
        let back = try? Raster<PhotoSpace>(decoding: data)
      {
        bytes = back.bytes
      }
    }
    return Raster(
      width: pixels, height: pixels,
      bytes: PatchKernels.resized(bytes, side: n, to: pixels))
  }

  /// Grey paper, photocopies, contrast.
  private func changeTone(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    let kind = numbers.unit()
    let n = sourcePixels
    if isPhotocopy || kind < 0.2 {
      for i in 0..<(n * n) {
        let grey = (colors[3 * i] + colors[3 * i + 1] + colors[3 * i + 2]) / 3
        colors[3 * i] = grey
        colors[3 * i + 1] = grey
        colors[3 * i + 2] = grey
      }
    }
    if isPhotocopy {
      PatchKernels.threshold(
        &colors, side: n, share: Float(numbers.uniform(0.78, 0.93)),
        ink: Float(numbers.uniform(0, 60)))
    } else if kind > 0.9 {
      let factor = Float(numbers.uniform(1.2, 2))
      let middle = colors.reduce(0, +) / Float(colors.count) - 20
      for i in colors.indices { colors[i] = (colors[i] - middle) * factor + middle }
    }
  }

  /// Uneven light: a few brightnesses, smoothly joined.
  private func shade(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    let corners = numbers.happens(0.4) ? 3 : 2
    let low = corners == 3 ? 0.45 : 0.8
    let light = (0..<(corners * corners)).map { _ in Float(numbers.uniform(low, 1.05)) }
    let n = sourcePixels
    for y in 0..<n {
      let v = Float(y) / Float(n) * Float(corners - 1)
      let r = min(Int(v), corners - 2)
      let fy = smooth(v - Float(r))
      for x in 0..<n {
        let u = Float(x) / Float(n) * Float(corners - 1)
        let c = min(Int(u), corners - 2)
        let fx = smooth(u - Float(c))
        let top = light[r * corners + c] * (1 - fx) + light[r * corners + c + 1] * fx
        let bottom =
          light[(r + 1) * corners + c] * (1 - fx) + light[(r + 1) * corners + c + 1] * fx
        let factor = top * (1 - fy) + bottom * fy
        let i = 3 * (y * n + x)
        colors[i] *= factor
        colors[i + 1] *= factor
        colors[i + 2] *= factor
      }
    }
  }

  private func smooth(_ t: Float) -> Float { t * t * (3 - 2 * t) }

  /// A shadow with a soft straight edge.
  private func castShadow(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    let n = Double(sourcePixels)
    let depth = Float(numbers.uniform(0.1, 0.5))
    let softness = numbers.uniform(0.002, 0.06) * n
    darken(&colors, using: &numbers) { depth / (1 + Float(exp(-min(max($0 / softness, -40), 40)))) }
  }

  /// A fold: a line that is darker or brighter than the paper.
  private func crease(_ colors: inout [Float], using numbers: inout SeededGenerator) {
    let depth = Float(numbers.uniform(-0.3, 0.5))
    let width = numbers.uniform(0.004, 0.012) * Double(sourcePixels)
    darken(&colors, using: &numbers) { depth * Float(exp(-($0 * $0) / (width * width))) }
  }

  /// Darkens by a function of the distance, in pixels, from a random straight line.
  private func darken(
    _ colors: inout [Float], using numbers: inout SeededGenerator, by part: (Double) -> Float
  ) {
    let n = sourcePixels
    let angle = numbers.uniform(0, 2 * .pi)
    let (cx, cy) = (numbers.uniform(0, Double(n)), numbers.uniform(0, Double(n)))
    let (dx, dy) = (cos(angle), sin(angle))
    // The function is smooth: a table over distance saves an exponential per pixel.
    let reach = 3 * n
    let table = (0...2 * reach).map { part(Double($0 - reach) / 2) }
    for y in 0..<n {
      for x in 0..<n {
        let distance = (Double(x) - cx) * dx + (Double(y) - cy) * dy
        let k = min(max(Int((2 * distance).rounded()) + reach, 0), 2 * reach)
        let factor = 1 - table[k]
        let i = 3 * (y * n + x)
        colors[i] *= factor
        colors[i + 1] *= factor
        colors[i + 2] *= factor
      }
    }
  }
}
