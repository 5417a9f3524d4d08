import ECGCore

extension Plane {
  /// The mean over a square of `2 · radius + 1` pixels; at the borders over the part inside.
  public func boxMean(radius: Int) -> Plane {
    guard radius > 0 else { return self }
    var out = self
    out.values.withUnsafeMutableBufferPointer { out in
      values.withUnsafeBufferPointer { source in
        Plane.boxRows(source, out, width: width, height: height, radius: radius)
      }
    }
    let across = out.values
    out.values.withUnsafeMutableBufferPointer { out in
      across.withUnsafeBufferPointer { source in
        Plane.boxColumns(source, out, width: width, height: height, radius: radius)
      }
    }
    return out
  }

  private static func boxRows(
    _ source: UnsafeBufferPointer<Float>, _ out: UnsafeMutableBufferPointer<Float>,
    width: Int, height: Int, radius: Int
  ) {
    for y in 0..<height {
      let base = y * width
      var sum = 0.0
      for x in 0..<min(radius, width) { sum += Double(source[base + x]) }
      for x in 0..<width {
        if x + radius < width { sum += Double(source[base + x + radius]) }
        if x - radius - 1 >= 0 { sum -= Double(source[base + x - radius - 1]) }
        let count = min(x + radius, width - 1) - max(x - radius, 0) + 1
        out[base + x] = Float(sum / Double(count))
      }
    }
  }

  private static func boxColumns(
    _ source: UnsafeBufferPointer<Float>, _ out: UnsafeMutableBufferPointer<Float>,
    width: Int, height: Int, radius: Int
  ) {
    var sums = [Double](repeating: 0, count: width)
    func row(_ y: Int) -> UnsafeBufferPointer<Float> {
      UnsafeBufferPointer(rebasing: source[(y * width)..<((y + 1) * width)])
    }
    sums.withUnsafeMutableBufferPointer { sums in
      for y in 0..<min(radius, height) {
        let entering = row(y)
        for x in 0..<sums.count { sums[x] += Double(entering[x]) }
      }
      for y in 0..<height {
        if y + radius < height {
          let entering = row(y + radius)
          for x in 0..<sums.count { sums[x] += Double(entering[x]) }
        }
        if y - radius - 1 >= 0 {
          let leaving = row(y - radius - 1)
          for x in 0..<sums.count { sums[x] -= Double(leaving[x]) }
        }
        let scale = 1 / Double(min(y + radius, height - 1) - max(y - radius, 0) + 1)
        let target = UnsafeMutableBufferPointer(rebasing: out[(y * width)..<((y + 1) * width)])
        for x in 0..<sums.count { target[x] = Float(sums[x] * scale) }
      }
    }
  }

  /// The greatest value in a square of `2 · radius + 1` pixels.
  ///
  /// > Source: van Herk, "A fast algorithm for local minimum and maximum filters on
  /// > rectangular and octagonal kernels" (1992), doi:10.1016/0167-8655(92)90069-C.
  public func dilated(radius: Int) -> Plane {
    guard radius > 0 else { return self }
    return transposedMaximum(radius).transposedMaximum(radius)
  }

  /// Running maximum along rows, written transposed.
  private func transposedMaximum(_ radius: Int) -> Plane {
    let window = 2 * radius + 1
    let padded = ((width + 2 * radius + window - 1) / window) * window
    var line = [Float](repeating: 0, count: padded)
    var (forward, backward) = (line, line)
    var out = [Float](repeating: 0, count: width * height)
    for y in 0..<height {
      for k in 0..<padded {
        let x = k - radius
        line[k] = x >= 0 && x < width ? values[y * width + x] : -.greatestFiniteMagnitude
      }
      for k in 0..<padded {
        forward[k] = k % window == 0 ? line[k] : max(forward[k - 1], line[k])
      }
      for k in (0..<padded).reversed() {
        backward[k] = k % window == window - 1 ? line[k] : max(backward[k + 1], line[k])
      }
      for x in 0..<width { out[x * height + y] = max(backward[x], forward[x + 2 * radius]) }
    }
    return Plane(width: height, height: width, values: out)
  }
}
