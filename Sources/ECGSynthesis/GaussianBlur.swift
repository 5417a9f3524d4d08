import ECGNumerics

/// A Gaussian along rows and columns; the border is repeated.
struct GaussianBlur {
  /// From the middle outwards, of sum 1 over both sides.
  private let weights: [Float]

  /// - Parameters:
  ///   - sigma: the standard deviation, in pixels.
  ///   - deviations: where the kernel ends, in standard deviations.
  init(sigma: Double, deviations: Double) {
    let reach = max(1, Int((deviations * sigma).rounded(.up)))
    weights = Array(gaussianKernel(sigma: sigma, radius: reach)[reach...])
  }

  /// Blurs a picture whose channels lie side by side, pixel by pixel, row by row.
  func apply(to values: inout [Float], width: Int, height: Int, channels: Int) {
    precondition(values.count == width * height * channels, "The picture has this size")
    let reach = weights.count - 1
    let row = width * channels
    var other = [Float](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { source in
      other.withUnsafeMutableBufferPointer { out in
        for y in 0..<height {
          for k in -reach...reach {
            let from = min(max(y + k, 0), height - 1) * row
            let w = weights[abs(k)]
            for x in 0..<row { out[y * row + x] += w * source[from + x] }
          }
        }
      }
    }
    values.withUnsafeMutableBufferPointer { out in
      other.withUnsafeBufferPointer { source in
        for i in out.indices { out[i] = 0 }
        for y in 0..<height {
          let start = y * row
          for k in -reach...reach {
            let w = weights[abs(k)]
            // The part whose source lies inside; before it the first pixel, after it the last.
            let first = channels * min(max(-k, 0), width)
            let last = max(first, row - channels * max(k, 0))
            let shift = channels * k
            for x in first..<last { out[start + x] += w * source[start + x + shift] }
            for x in 0..<first { out[start + x] += w * source[start + x % channels] }
            for x in last..<row {
              out[start + x] += w * source[start + row - channels + x % channels]
            }
          }
        }
      }
    }
  }
}
