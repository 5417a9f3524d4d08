package import ECGCore

/// The colour of bare paper at every place of a picture, under uneven light.
///
/// Measured block by block, and interpolated between the blocks' centres.
package struct PaperWhite<Space: Sendable>: Sendable {
  /// Edge of a block, in pixels of the picture.
  package let block: Int
  /// The paper's level by block, a plane for each channel.
  package let levels: [Plane<Space>]

  /// The brightest block means nearby: quick, and right where some paper shows within `radius`
  /// blocks.
  package init(_ plane: Plane<Space>, block: Int, radius: Int, workers: Workers = .one) {
    self.block = block
    levels = [PaperWhite.brightest(plane.blockMean(side: block, workers: workers), radius)]
  }

  /// The same for each channel of a picture.
  package init(_ raster: Raster<Space>, block: Int, radius: Int, workers: Workers = .one) {
    self.block = block
    levels = workers.map(3) { channel in
      PaperWhite.brightest(raster.blockMean(ofChannel: channel, side: block), radius)
    }
  }

  /// Steadier: the median of the blocks' brightest 2 × 2 means within `medianRadius` blocks, which
  /// forgets ink, text and dark grids, averaged within `meanRadius` blocks. Levels are 1 … 255.
  package init(
    _ page: Raster<Space>, block: Int, medianRadius: Int, meanRadius: Int, workers: Workers = .one
  ) {
    self.block = block
    let (columns, rows) = (max(1, page.width / block), max(1, page.height / block))
    let brightest = PaperWhite.brightestPixels(page, block: block, columns: columns, rows: rows)
    levels = workers.map(3) { channel in
      let steady = PaperWhite.median(
        brightest[channel], columns: columns, rows: rows, radius: medianRadius)
      return Plane(
        width: columns, height: rows,
        values: PaperWhite.smooth(steady, columns: columns, rows: rows, radius: meanRadius))
    }
  }

  /// The paper's level of a channel at every pixel of a picture of this size.
  package func plane(
    channel: Int = 0, size: PixelSize, workers: Workers = .one
  ) -> Plane<Space> {
    levels[channel].interpolated(by: 1 / Double(block), to: size, workers: workers)
  }

  /// The paper's level of channel `channel` along row `y` of the picture, one value per column.
  package func row(_ y: Int, channel: Int, width: Int) -> [Float] {
    let (columns, rows) = (levels[channel].width, levels[channel].height)
    let fy = (Float(y) + 0.5) / Float(block) - 0.5
    let y0 = min(max(Int(fy.rounded(.down)), 0), rows - 1)
    let y1 = min(y0 + 1, rows - 1)
    let wy = min(max(fy - Float(y0), 0), 1)
    let plane = levels[channel].values
    var out = [Float](repeating: 0, count: width)
    var mixed = [Float](repeating: 0, count: columns)
    for c in 0..<columns {
      mixed[c] = plane[y0 * columns + c] * (1 - wy) + plane[y1 * columns + c] * wy
    }
    let inverse = 1 / Float(block)
    for x in 0..<width {
      let fx = max((Float(x) + 0.5) * inverse - 0.5, 0)
      let x0 = min(Int(fx), columns - 1)
      let x1 = min(x0 + 1, columns - 1)
      let wx = min(fx - Float(x0), 1)
      out[x] = mixed[x0] * (1 - wx) + mixed[x1] * wx
    }
    return out
  }

  private static func brightest(_ means: Plane<Space>, _ radius: Int) -> Plane<Space> {
    means.dilated(radius: radius).boxMean(radius: radius)
  }

  private static func brightestPixels(
    _ page: Raster<Space>, block: Int, columns: Int, rows: Int
  ) -> [[Float]] {
    var planes = [[Float]](
      repeating: [Float](repeating: 1, count: columns * rows), count: 3)
    let stride = 3 * page.width
    page.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<rows {
        for column in 0..<columns {
          var best = (0, 0, 0)
          for y in Swift.stride(
            from: row * block, to: min((row + 1) * block, page.height) - 1, by: 2)
          {
            var i = y * stride + 3 * column * block
            for _ in 0..<((block - 1) / 2 + 1) where i + stride + 5 < bytes.count {
              let r =
                Int(bytes[i]) + Int(bytes[i + 3]) + Int(bytes[i + stride])
                + Int(bytes[i + stride + 3])
              let g =
                Int(bytes[i + 1]) + Int(bytes[i + 4]) + Int(bytes[i + stride + 1])
                + Int(bytes[i + stride + 4])
              let b =
                Int(bytes[i + 2]) + Int(bytes[i + 5]) + Int(bytes[i + stride + 2])
                + Int(bytes[i + stride + 5])
              best = (max(best.0, r), max(best.1, g), max(best.2, b))
              i += 6
            }
          }
          let k = row * columns + column
          planes[0][k] = max(Float(best.0) / 4, 1)
          planes[1][k] = max(Float(best.1) / 4, 1)
          planes[2][k] = max(Float(best.2) / 4, 1)
        }
      }
    }
    return planes
  }

  private static func median(
    _ plane: [Float], columns: Int, rows: Int, radius: Int
  ) -> [Float] {
    var out = plane
    var histogram = [Int](repeating: 0, count: 256)
    for y in 0..<rows {
      let ys = max(0, y - radius)...min(rows - 1, y + radius)
      for x in 0..<columns {
        let xs = max(0, x - radius)...min(columns - 1, x + radius)
        for k in 0..<256 { histogram[k] = 0 }
        for v in ys {
          for u in xs { histogram[min(Int(plane[v * columns + u]), 255)] += 1 }
        }
        var left = (ys.count * xs.count) / 2
        var level = 0
        while level < 255 && left >= histogram[level] {
          left -= histogram[level]
          level += 1
        }
        out[y * columns + x] = max(Float(level), 1)
      }
    }
    return out
  }

  private static func smooth(
    _ plane: [Float], columns: Int, rows: Int, radius: Int
  ) -> [Float] {
    var out = plane
    for y in 0..<rows {
      let ys = max(0, y - radius)...min(rows - 1, y + radius)
      for x in 0..<columns {
        let xs = max(0, x - radius)...min(columns - 1, x + radius)
        var sum: Float = 0
        for v in ys { for u in xs { sum += plane[v * columns + u] } }
        out[y * columns + x] = sum / Float(ys.count * xs.count)
      }
    }
    return out
  }
}
