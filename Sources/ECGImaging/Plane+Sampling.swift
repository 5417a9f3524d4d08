public import ECGCore

extension Plane {
  /// The value at a place between pixels, bilinear; `outside` beyond the outermost pixel centres.
  @inlinable
  public func value(atX x: Double, y: Double, outside: Float = 0) -> Float {
    guard x >= 0, y >= 0, x <= Double(width - 1), y <= Double(height - 1) else { return outside }
    let (i, j) = (min(Int(x), max(width - 2, 0)), min(Int(y), max(height - 2, 0)))
    let (fx, fy) = (Float(x - Double(i)), Float(y - Double(j)))
    let (i1, j1) = (min(i + 1, width - 1), min(j + 1, height - 1))
    let top = values[j * width + i] * (1 - fx) + values[j * width + i1] * fx
    let bottom = values[j1 * width + i] * (1 - fx) + values[j1 * width + i1] * fx
    return top * (1 - fy) + bottom * fy
  }

  /// The plane at another size, bilinear, with the outermost values continued.
  ///
  /// Conventions: pixel x of the result has its centre at `(x + ½) · factor − ½` of this plane.
  public func interpolated(
    by factor: Double, to size: PixelSize, workers: Workers = .one
  ) -> Plane {
    var out = Plane(width: size.width, height: size.height)
    var columns: [Int32] = []
    var shares: [Float] = []
    for x in 0..<size.width {
      let place = min(max((Double(x) + 0.5) * factor - 0.5, 0), Double(width - 1))
      let k = min(Int(place), max(width - 2, 0))
      columns.append(Int32(k))
      shares.append(Float(place - Double(k)))
    }
    let step = width > 1 ? 1 : 0
    out.values.withUnsafeMutableBufferPointer { out in
      values.withUnsafeBufferPointer { values in
        workers.bands(size.height) { band in
          var line = [Float](repeating: 0, count: width)
          line.withUnsafeMutableBufferPointer { line in
            for y in band {
              let place = min(max((Double(y) + 0.5) * factor - 0.5, 0), Double(height - 1))
              let j = min(Int(place), max(height - 2, 0))
              let (f, j1) = (Float(place - Double(j)), min(j + 1, height - 1))
              let upper = UnsafeBufferPointer(rebasing: values[(j * width)..<((j + 1) * width)])
              let lower = UnsafeBufferPointer(rebasing: values[(j1 * width)..<((j1 + 1) * width)])
              for x in 0..<line.count { line[x] = upper[x] + (lower[x] - upper[x]) * f }
              let row = UnsafeMutableBufferPointer(
                rebasing: out[(y * size.width)..<((y + 1) * size.width)])
              columns.withUnsafeBufferPointer { columns in
                shares.withUnsafeBufferPointer { shares in
                  for x in 0..<row.count {
                    let k = Int(columns[x])
                    row[x] = line[k] + (line[k &+ step] - line[k]) * shares[x]
                  }
                }
              }
            }
          }
        }
      }
    }
    return out
  }

  /// Means of squares of `side` pixels; an incomplete square at the right or bottom is left out
  /// unless it is the only one.
  public func blockMean(side: Int, workers: Workers = .one) -> Plane {
    guard side > 1 else { return self }
    let (w, h) = (max(1, width / side), max(1, height / side))
    var out = Plane(width: w, height: h)
    values.withUnsafeBufferPointer { values in
      out.values.withUnsafeMutableBufferPointer { out in
        workers.bands(h) { band in
          for y in band {
            for x in 0..<w {
              let (left, right) = (x &* side, min((x &+ 1) &* side, width))
              let (top, bottom) = (y &* side, min((y &+ 1) &* side, height))
              var sum: Float = 0
              for j in top..<bottom {
                for k in (j &* width &+ left)..<(j &* width &+ right) { sum += values[k] }
              }
              out[y &* w &+ x] = sum / Float((bottom &- top) &* (right &- left))
            }
          }
        }
      }
    }
    return out
  }
}

extension Raster {
  /// Means of squares of `side` pixels of one channel, as of a plane.
  package func blockMean(ofChannel channel: Int, side: Int) -> Plane<Space> {
    var out = Plane<Space>(width: max(1, width / side), height: max(1, height / side))
    let (columns, rows) = (out.width, out.height)
    bytes.withUnsafeBufferPointer { bytes in
      out.values.withUnsafeMutableBufferPointer { out in
        for y in 0..<rows {
          for x in 0..<columns {
            var (sum, count) = (0, 0)
            for j in (y &* side)..<min(height, (y &+ 1) &* side) {
              for i in (x &* side)..<min(width, (x &+ 1) &* side) {
                sum &+= Int(bytes[3 &* (j &* width &+ i) &+ channel])
                count &+= 1
              }
            }
            out[y &* columns &+ x] = Float(sum) / Float(count)
          }
        }
      }
    }
    return out
  }
}
