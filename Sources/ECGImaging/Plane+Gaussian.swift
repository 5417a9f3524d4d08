import ECGCore
import ECGNumerics

extension Plane {
  /// A Gaussian blur, truncated at 3 standard deviations, borders continued.
  ///
  /// - Parameter sigma: the standard deviation in pixels.
  public func blurred(sigma: Double) -> Plane {
    guard sigma > 0 else { return self }
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let kernel = gaussianKernel(sigma: sigma, radius: radius)
    let (w, h) = (width, height)
    var across = [Float](repeating: 0, count: w * h)
    var out = across
    var line = [Float](repeating: 0, count: w + 2 * radius)
    for y in 0..<h {
      for k in 0..<line.count { line[k] = values[y * w + min(max(k - radius, 0), w - 1)] }
      across.withUnsafeMutableBufferPointer { across in
        let target = UnsafeMutableBufferPointer(rebasing: across[(y * w)..<((y + 1) * w)])
        line.withUnsafeBufferPointer { line in
          for (k, weight) in kernel.enumerated() {
            let shifted = UnsafeBufferPointer(rebasing: line[k..<(k + w)])
            for x in 0..<target.count { target[x] += weight * shifted[x] }
          }
        }
      }
    }
    out.withUnsafeMutableBufferPointer { out in
      across.withUnsafeBufferPointer { across in
        for y in 0..<h {
          let target = UnsafeMutableBufferPointer(rebasing: out[(y * w)..<((y + 1) * w)])
          for (k, weight) in kernel.enumerated() {
            let base = min(max(y + k - radius, 0), h - 1) * w
            let source = UnsafeBufferPointer(rebasing: across[base..<(base + w)])
            for x in 0..<target.count { target[x] += weight * source[x] }
          }
        }
      }
    }
    return Plane(width: w, height: h, values: out)
  }
}
