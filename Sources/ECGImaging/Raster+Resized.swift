import ECGCore

extension Raster {
  /// The picture at `1 / factor` of its size: area mean when made smaller, bilinear when larger.
  ///
  /// Conventions: pixel x of the result has its centre at `(x + ½) · factor − ½` of this raster.
  ///
  /// - Parameters:
  ///   - factor: pixels of this raster per pixel of the result, above 0.
  ///   - workers: threads that share the rows.
  public func resized(by factor: Double, workers: Workers = .one) -> Raster {
    precondition(factor > 0 && factor.isFinite, "A factor is a positive number")
    let outWidth = max(1, Int((Double(width) / factor).rounded()))
    let outHeight = max(1, Int((Double(height) / factor).rounded()))
    if outWidth == width && outHeight == height { return self }
    let columns = ResizingTaps(from: width, to: outWidth, factor: factor)
    let rows = ResizingTaps(from: height, to: outHeight, factor: factor)
    let rowLength = 3 * width
    var out = [UInt8](repeating: 0, count: 3 * outWidth * outHeight)
    out.withUnsafeMutableBufferPointer { out in
      bytes.withUnsafeBufferPointer { source in
        workers.bands(outHeight) { band in
          var line = [Float](repeating: 0, count: rowLength)
          line.withUnsafeMutableBufferPointer { line in
            for y in band {
              for k in 0..<rowLength { line[k] = 0 }
              for t in rows.ranges[y] {
                let row = UnsafeBufferPointer(
                  rebasing: source[(rows.indices[t] * rowLength)...].prefix(rowLength))
                let weight = rows.weights[t]
                for k in 0..<rowLength { line[k] += weight * Float(row[k]) }
              }
              Raster.gather(UnsafeBufferPointer(line), columns, into: out, at: 3 * y * outWidth)
            }
          }
        }
      }
    }
    return Raster(width: outWidth, height: outHeight, bytes: out)
  }

  private static func gather(
    _ line: UnsafeBufferPointer<Float>, _ columns: ResizingTaps,
    into out: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    columns.indices.withUnsafeBufferPointer { indices in
      columns.weights.withUnsafeBufferPointer { weights in
        for x in 0..<columns.ranges.count {
          var (r, g, b): (Float, Float, Float) = (0.5, 0.5, 0.5)
          for t in columns.ranges[x] {
            let (k, w) = (3 &* indices[t], weights[t])
            r += w * line[k]
            g += w * line[k &+ 1]
            b += w * line[k &+ 2]
          }
          let k = start + 3 * x
          out[k] = UInt8(min(r, 255))
          out[k + 1] = UInt8(min(g, 255))
          out[k + 2] = UInt8(min(b, 255))
        }
      }
    }
  }
}

/// Which pixels of one axis make up each pixel of the resized axis, and with what weight.
private struct ResizingTaps {
  var ranges: [Range<Int>] = []
  var indices: [Int] = []
  var weights: [Float] = []

  init(from count: Int, to outCount: Int, factor: Double) {
    for x in 0..<outCount {
      let start = indices.count
      if factor > 1 {
        let low = Double(x) * factor
        let high = min(low + factor, Double(count))
        var k = min(Int(low), count - 1)
        var total: Float = 0
        while Double(k) < high && k < count {
          let cover = Float(min(high, Double(k + 1)) - max(low, Double(k)))
          if cover > 0 || indices.count == start {
            indices.append(k)
            weights.append(max(cover, 1e-6))
            total += max(cover, 1e-6)
          }
          k += 1
        }
        for t in start..<indices.count { weights[t] /= total }
      } else {
        let place = min(max((Double(x) + 0.5) * factor - 0.5, 0), Double(count - 1))
        let k = min(Int(place), max(count - 2, 0))
        let fraction = Float(place - Double(k))
        indices.append(k)
        weights.append(1 - fraction)
        if count > 1 {
          indices.append(k + 1)
          weights.append(fraction)
        }
      }
      ranges.append(start..<indices.count)
    }
  }
}
