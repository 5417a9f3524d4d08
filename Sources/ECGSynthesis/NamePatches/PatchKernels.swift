import ECGNumerics
import Foundation

/// Plain loops over the pixels of a square patch: red, green, blue per pixel, row by row.
enum PatchKernels {
  /// Blurs with a Gaussian of `sigma` pixels; next to none is none.
  static func blur(_ colors: inout [Float], side n: Int, sigma: Double) {
    guard sigma > 0.15 else { return }
    GaussianBlur(sigma: sigma, deviations: 3)
      .apply(to: &colors, width: n, height: n, channels: 3)
  }

  /// Takes away `amount` of what a blur leaves.
  static func sharpen(_ colors: inout [Float], side n: Int, amount: Float) {
    var blurred = colors
    blur(&blurred, side: n, sigma: 1)
    for i in colors.indices { colors[i] += amount * (colors[i] - blurred[i]) }
  }

  /// Adds normally distributed noise, the same in all channels if it is grey.
  static func addNoise(
    _ colors: inout [Float], deviation: Float, isGrey: Bool, using numbers: inout SeededGenerator
  ) {
    // Four 16-bit uniform numbers of one draw add up to something near enough to normal.
    func draw() -> Float {
      let bits = numbers.next()
      let sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48)
      return (Float(sum) / 65536 - 2) * 1.732 * deviation
    }
    if isGrey {
      for i in 0..<(colors.count / 3) {
        let noise = draw()
        colors[3 * i] += noise
        colors[3 * i + 1] += noise
        colors[3 * i + 2] += noise
      }
    } else {
      for i in colors.indices { colors[i] += draw() }
    }
  }

  /// Black and white by the brightness around, as photocopies and fax have it.
  static func threshold(_ colors: inout [Float], side n: Int, share: Float, ink: Float) {
    var around = colors
    blur(&around, side: n, sigma: max(4, Double(n) / 24))
    for i in colors.indices { colors[i] = colors[i] < share * around[i] ? ink : 255 }
  }

  /// Resamples with a cubic kernel, widened where pixels are lost.
  ///
  /// > Source: Keys, "Cubic convolution interpolation" (1981), doi:10.1109/TASSP.1981.1163711.
  static func resized(_ bytes: [UInt8], side n: Int, to m: Int) -> [UInt8] {
    let taps = (0..<m).map { kernel(at: $0, from: n, to: m) }
    var wide = [Float](repeating: 0, count: 3 * n * m)  // m columns, n rows
    var out = [UInt8](repeating: 0, count: 3 * m * m)
    bytes.withUnsafeBufferPointer { source in
      wide.withUnsafeMutableBufferPointer { wide in
        for y in 0..<n {
          for (x, tap) in taps.enumerated() {
            var (r, g, b): (Float, Float, Float) = (0, 0, 0)
            for (k, w) in tap.weights.enumerated() {
              let i = 3 * (y * n + tap.first + k)
              r += w * Float(source[i])
              g += w * Float(source[i + 1])
              b += w * Float(source[i + 2])
            }
            let o = 3 * (y * m + x)
            wide[o] = r
            wide[o + 1] = g
            wide[o + 2] = b
          }
        }
      }
    }
    var line = [Float](repeating: 0, count: 3 * m)
    for (y, tap) in taps.enumerated() {
      for i in line.indices { line[i] = 0.5 }
      for (k, w) in tap.weights.enumerated() {
        let from = 3 * m * (tap.first + k)
        for i in 0..<(3 * m) { line[i] += w * wide[from + i] }
      }
      for i in 0..<(3 * m) { out[3 * m * y + i] = UInt8(min(max(line[i], 0), 255)) }
    }
    return out
  }

  private static func kernel(at i: Int, from n: Int, to m: Int) -> (first: Int, weights: [Float]) {
    let ratio = Double(n) / Double(m)
    let width = max(1, ratio)
    let middle = (Double(i) + 0.5) * ratio - 0.5
    let first = Int((middle - 2 * width).rounded(.up))
    let last = Int((middle + 2 * width).rounded(.down))
    var weights = [Float](repeating: 0, count: min(n - 1, last) - max(0, first) + 1)
    var sum: Float = 0
    for k in first...last {
      let d = abs(Double(k) - middle) / width
      let value =
        d < 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2
      let at = min(max(k, 0), n - 1) - max(0, first)
      weights[at] += Float(value)
      sum += Float(value)
    }
    for k in weights.indices { weights[k] /= sum }
    return (max(0, first), weights)
  }
}
