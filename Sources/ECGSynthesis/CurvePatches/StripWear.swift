import ECGNumerics
import Foundation

/// What pens, paper, cameras and the removal of the grid do to the ink of a strip.
struct StripWear {
  let width: Int
  let height: Int

  /// Pale and uneven pens; stretches that are missing: what is left of the ink in each column.
  func strengths(using numbers: inout SeededGenerator) -> [Float] {
    let strength = Float(
      numbers.happens(0.6) ? numbers.uniform(0.8, 1.1) : numbers.uniform(0.35, 1))
    let uneven = Float(numbers.happens(0.3) ? numbers.uniform(0.1, 0.5) : 0)
    let (a, b) = (numbers.uniform(0.01, 0.12), numbers.uniform(0, 6.3))
    var columns = (0..<width).map {
      strength * (1 - uneven * Float(0.5 + 0.5 * sin(a * Double($0) + b)))
    }
    if numbers.happens(0.12) {
      let first = numbers.whole(0...(width - 1))
      let left = Float(numbers.uniform(0, 0.5))
      for x in first..<min(width, first + numbers.whole(2...22)) { columns[x] *= left }
    }
    return columns
  }

  /// Leaves a part of the ink in each column.
  func fade(_ ink: inout [Float], by columns: [Float]) {
    ink.withUnsafeMutableBufferPointer { out in
      for y in 0..<height {
        for x in 0..<width { out[y * width + x] *= columns[x] }
      }
    }
  }

  /// Grid rests, folds, blur, noise; values end in −0.25…1.25. Of `own`, ink of one trace, the
  /// share in each pixel's ink is left.
  func wear(_ ink: inout [Float], own: inout [Float], using numbers: inout SeededGenerator) {
    if numbers.happens(0.5) { addGrid(to: &ink, using: &numbers) }
    if numbers.happens(0.15) { addFold(to: &ink, using: &numbers) }
    if numbers.happens(0.75) {
      let sigma = numbers.happens(0.7) ? numbers.uniform(0.2, 1) : numbers.uniform(0.8, 2.2)
      StripWear.blur(&ink, width: width, height: height, sigma: sigma)
      StripWear.blur(&own, width: width, height: height, sigma: sigma)
    }
    for i in own.indices { own[i] = min(max(own[i] / max(ink[i], 0.02), 0), 1) }
    if numbers.happens(0.15) { addBlotches(to: &ink, using: &numbers) }
    let isPhotocopy = numbers.happens(0.07)
    let noise = Float(
      numbers.happens(0.6) ? numbers.uniform(0.002, 0.04) : numbers.uniform(0.02, 0.13))
    let level = Float(numbers.uniform(0.3, 0.6))
    // Noise that was photographed is as coarse as the camera's pixels.
    let grain = (0..<(width * height / 2 + width)).map { _ in StripWear.rough(&numbers) }
    let isCoarse = numbers.happens(0.5)
    ink.withUnsafeMutableBufferPointer { out in
      for y in 0..<height {
        for x in 0..<width {
          let k = isCoarse ? (y / 2) * (width / 2) + x / 2 : (y * width + x) % grain.count
          var v = out[y * width + x] + noise * grain[k]
          if isPhotocopy { v = v > level ? 1 : 0 }
          out[y * width + x] = min(max(v, -0.25), 1.25)
        }
      }
    }
  }

  private static func rough(_ numbers: inout SeededGenerator) -> Float {
    let bits = numbers.next()
    let sum =
      Float(bits & 0xFFFF) + Float((bits >> 16) & 0xFFFF) + Float((bits >> 32) & 0xFFFF)
      + Float(bits >> 48)
    return (sum / 65536 - 2) * 1.73
  }

  /// What grid lines leave: every millimetre or every five, here and there.
  private func addGrid(to ink: inout [Float], using numbers: inout SeededGenerator) {
    let s = CurvePatchGenerator.pixelsPerMillimeter
    let every = s * (numbers.happens(0.5) ? 1 : 5)
    let (x0, y0) = (numbers.uniform(0, every), numbers.uniform(0, every))
    let strength = Float(numbers.uniform(0.03, 0.4))
    let wide = numbers.uniform(0.6, 2)
    let isDotted = numbers.happens(0.3)
    let mostly = numbers.uniform(0.2, 1)
    func line(_ t: Double, _ t0: Double) -> Float {
      let d = abs((t - t0) / every - ((t - t0) / every).rounded()) * every
      return Float(max(0, min(1, wide / 2 + 0.5 - d)))
    }
    let across = (0..<width).map { line(Double($0), x0) }
    let down = (0..<height).map { line(Double($0), y0) }
    let lit = (0..<(height / 16 + 1) * (width / 16 + 1)).map { _ in numbers.happens(mostly) }
    for y in 0..<height {
      for x in 0..<width where lit[(y / 16) * (width / 16 + 1) + x / 16] {
        let value = isDotted ? across[x] * down[y] : max(across[x], down[y])
        if value > 0 { ink[y * width + x] = max(ink[y * width + x], strength * value) }
      }
    }
  }

  /// A crease: a pale or dark line through everything.
  private func addFold(to ink: inout [Float], using numbers: inout SeededGenerator) {
    let angle = numbers.uniform(0, .pi)
    let (nx, ny) = (cos(angle), sin(angle))
    let (cx, cy) = (
      numbers.uniform(0, Double(width)), numbers.uniform(0, Double(height))
    )
    let half = numbers.uniform(1, 7)
    let depth = Float(numbers.happens(0.6) ? -numbers.uniform(0.2, 1) : numbers.uniform(0.1, 0.6))
    for y in 0..<height {
      for x in 0..<width {
        let d = abs((Double(x) - cx) * nx + (Double(y) - cy) * ny)
        guard d < half else { continue }
        let weight = Float(1 - d / half)
        let i = y * width + x
        ink[i] = depth < 0 ? ink[i] * (1 + depth * weight) : ink[i] + depth * weight
      }
    }
  }

  /// Soft stains, up to a third as dark as ink.
  private func addBlotches(to ink: inout [Float], using numbers: inout SeededGenerator) {
    for _ in 0..<numbers.whole(1...4) {
      let (cx, cy) = (numbers.whole(0...(width - 1)), numbers.whole(0...(height - 1)))
      let radius = numbers.whole(6...60)
      let dark = Float(numbers.uniform(-0.15, 0.35))
      for y in max(0, cy - radius)..<min(height, cy + radius) {
        for x in max(0, cx - radius)..<min(width, cx + radius) {
          let d = Float((x - cx) * (x - cx) + (y - cy) * (y - cy)) / Float(radius * radius)
          if d < 1 { ink[y * width + x] += dark * (1 - d) }
        }
      }
    }
  }

  /// Blurs with a Gaussian of `sigma` pixels; the border is repeated.
  static func blur(_ ink: inout [Float], width: Int, height: Int, sigma: Double) {
    GaussianBlur(sigma: sigma, deviations: 2.6)
      .apply(to: &ink, width: width, height: height, channels: 1)
  }
}
