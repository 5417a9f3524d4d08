import ECGNumerics

/// The grid signal across one printed line, and the line's centre in it.
///
/// Conventions: sample k lies `(k − half) · range / half` cells across from the predicted line.
struct LineProfile {
  let half: Int
  let range: Double
  private let parameters: RectifyParameters.Lines
  private let kernel: [Float]
  private let penalty: [Float]
  private var sums: [Float]
  private var weights: [Float]
  private var blurred: [Float]
  private var sorted: [Float]
  private var strips: Float = 0

  /// - Parameters:
  ///   - half: samples on each side of the predicted line.
  ///   - range: how far the profile reaches on each side, in cells.
  ///   - cell: 5 mm in pixels.
  init(half: Int, range: Double, cell: Double, _ parameters: RectifyParameters.Lines) {
    self.parameters = parameters
    self.half = half
    self.range = range
    let pixelsPerSample = range * cell / Double(half)
    let sigma = max(parameters.leastBlurPixels, parameters.blur * cell) / pixelsPerSample
    let radius = min(Int(3 * sigma + 1), half)
    kernel = gaussianKernel(sigma: sigma, radius: radius)
    // The prediction is preferred.
    penalty = (-half...half).map { k in
      let s = Float(k) / Float(half)
      return parameters.endPenalty * s * s
    }
    sums = [Float](repeating: 0, count: 2 * half + 1)
    weights = sums
    blurred = sums
    sorted = sums
  }

  mutating func reset() {
    for k in sums.indices {
      sums[k] = 0
      weights[k] = 0
    }
    strips = 0
  }

  /// Adds one row of samples across the line, from (signal · clear, clear) pairs.
  mutating func add(
    _ pairs: UnsafeBufferPointer<Float>, width: Int, height: Int, x: Double, y: Double,
    stepX: Double, stepY: Double
  ) {
    strips += 1
    let scale = range / Double(half)
    let (dx, dy) = (Float(stepX * scale), Float(stepY * scale))
    var (px, py) = (Float(x) - dx * Float(half), Float(y) - dy * Float(half))
    let (limitX, limitY) = (Float(width - 1), Float(height - 1))
    let row = 2 * width
    sums.withUnsafeMutableBufferPointer { sums in
      weights.withUnsafeMutableBufferPointer { weights in
        for k in 0..<sums.count {
          if px >= 0, py >= 0, px < limitX, py < limitY {
            let (i, j) = (Int(px), Int(py))
            let (fx, fy) = (px - Float(i), py - Float(j))
            let p = j &* row &+ 2 &* i
            let (w00, w10) = ((1 - fx) * (1 - fy), fx * (1 - fy))
            let (w01, w11) = ((1 - fx) * fy, fx * fy)
            sums[k] +=
              w00 * pairs[p] + w10 * pairs[p &+ 2] + w01 * pairs[p &+ row]
              + w11 * pairs[p &+ row &+ 2]
            weights[k] +=
              w00 * pairs[p &+ 1] + w10 * pairs[p &+ 3] + w01 * pairs[p &+ row &+ 1]
              + w11 * pairs[p &+ row &+ 3]
          }
          px += dx
          py += dy
        }
      }
    }
  }

  /// The line's centre in cells across, and how sure it is, 0…1.
  ///
  /// - Returns: `nil` if ink hides the middle or a third of the profile, or nothing stands out.
  mutating func peak() -> (place: Double, confidence: Double)? {
    let count = sums.count
    let least = parameters.leastClear * strips
    var hidden = 0
    for k in 0..<count where weights[k] < least {
      hidden += 1
      if abs(k - half) <= 3 { return nil }
    }
    guard Double(hidden) <= parameters.mostHidden * Double(count) else { return nil }
    for k in 0..<count { sums[k] /= max(weights[k], parameters.leastClear) }
    if hidden > 0 {
      sorted = sums
      let middle = sorted.selectMedian()
      for k in 0..<count where weights[k] < least { sums[k] = min(sums[k], middle) }
    }
    blur()
    sorted = blurred
    let level = sorted.selectMedian()
    let contrast = max((blurred.max() ?? 0) - level, 1e-3)
    var (best, bestValue) = (0, -Float.greatestFiniteMagnitude)
    for k in 0..<count {
      let value = blurred[k] - penalty[k] * contrast
      if value > bestValue { (best, bestValue) = (k, value) }
    }
    guard best > 0, best < count - 1 else { return nil }
    let (a, b, c) = (blurred[best - 1], blurred[best], blurred[best + 1])
    let bend = a - 2 * b + c
    let shift = bend < -1e-6 ? 0.5 * (a - c) / bend : 0
    guard abs(shift) <= 1, b - level >= parameters.leastContrast else { return nil }
    for k in 0..<count { sorted[k] = abs(sums[k] - blurred[k]) }
    let noise = sorted.selectMedian() + parameters.leastNoise
    let confidence = min((b - level) / (noise + parameters.confidenceNoise), 4) / 4
    return (Double(Float(best - half) + shift) * range / Double(half), Double(confidence))
  }

  /// Blurs the profile along itself, its ends continued.
  private mutating func blur() {
    let (count, radius) = (sums.count, kernel.count / 2)
    sums.withUnsafeBufferPointer { sums in
      kernel.withUnsafeBufferPointer { kernel in
        blurred.withUnsafeMutableBufferPointer { blurred in
          for k in 0..<count {
            var sum: Float = 0
            if k >= radius, k &+ radius < count {
              for t in 0..<kernel.count { sum += kernel[t] * sums[k &+ t &- radius] }
            } else {
              for t in 0..<kernel.count {
                sum += kernel[t] * sums[min(max(k &+ t &- radius, 0), count &- 1)]
              }
            }
            blurred[k] = sum
          }
        }
      }
    }
  }
}
