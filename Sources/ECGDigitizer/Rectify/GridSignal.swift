import ECGCore
import ECGImaging

/// How dark each pixel is against the paper around it, in units of the local contrast.
///
/// Ink counts no more than a grid line: values are capped. So the printed grid, which
/// is everywhere, outweighs the trace, which is dark but rare.
enum GridSignal {
  /// The signal of a raster; mean about 0, standard deviation about 1 where there is a grid.
  ///
  /// - Parameter reach: the width of the neighbourhood in which some paper is white, in pixels.
  static func plane(of raster: Raster<PhotoSpace>, reach: Int, rounds: Int = 2) -> Plane<PhotoSpace>
  {
    var darkness = lightness(of: raster)
    let side = max(raster.width, raster.height) > 900 ? 4 : 2
    let coarse = darkness.blockMean(side: side)
    let radius = max(1, reach / (2 * side))
    let white = coarse.dilated(radius: radius).boxMean(radius: radius)
    let paper = white.interpolated(by: 1 / Double(side), to: raster.size)
    for k in darkness.values.indices {
      darkness.values[k] = max(0, 1 - darkness.values[k] / max(paper.values[k], 8))
    }
    return standardized(darkness, side: side, radius: max(2, 2 * reach / side), rounds: rounds)
  }

  /// Half the darkest channel, half green: grids are red, blue, green or grey.
  private static func lightness(of raster: Raster<PhotoSpace>) -> Plane<PhotoSpace> {
    var out = Plane<PhotoSpace>(width: raster.width, height: raster.height)
    out.values.withUnsafeMutableBufferPointer { out in
      raster.bytes.withUnsafeBufferPointer { bytes in
        for k in 0..<out.count {
          let (r, g, b) = (bytes[3 * k], bytes[3 * k + 1], bytes[3 * k + 2])
          out[k] = 0.5 * (Float(min(r, min(g, b))) + Float(g))
        }
      }
    }
    return out
  }

  /// Subtracts the local mean, divides by the local deviation, caps at `cap` deviations.
  ///
  /// Mean and deviation are measured several times, each time without the ink that the time
  /// before capped.
  private static func standardized(
    _ darkness: Plane<PhotoSpace>, side: Int, radius: Int, rounds: Int, cap: Float = 2.5
  ) -> Plane<PhotoSpace> {
    let (w, h) = (darkness.width, darkness.height)
    var mean = Plane<PhotoSpace>(width: max(1, w / side), height: max(1, h / side))
    var deviation = mean
    var limits = [Float](repeating: .greatestFiniteMagnitude, count: mean.values.count)
    let scale = 1 / Float(side * side)
    for _ in 0..<rounds {
      darkness.values.withUnsafeBufferPointer { darkness in
        for y in 0..<mean.height {
          for x in 0..<mean.width {
            let limit = limits[y * mean.width + x]
            var (sum, squares): (Float, Float) = (0, 0)
            for j in (y * side)..<min((y + 1) * side, h) {
              for i in (x * side)..<min((x + 1) * side, w) {
                let value = min(darkness[j * w + i], limit)
                sum += value
                squares += value * value
              }
            }
            mean.values[y * mean.width + x] = sum * scale
            deviation.values[y * mean.width + x] = squares * scale
          }
        }
      }
      mean = mean.boxMean(radius: radius)
      deviation = deviation.boxMean(radius: radius)
      for k in limits.indices {
        let variance = deviation.values[k] - mean.values[k] * mean.values[k]
        deviation.values[k] = max(variance, 0).squareRoot() + 0.006
        limits[k] = mean.values[k] + cap * deviation.values[k]
      }
    }
    var signal = mean.interpolated(by: 1 / Double(side), to: darkness.size)
    let unit = deviation.interpolated(by: 1 / Double(side), to: darkness.size)
    for k in signal.values.indices {
      signal.values[k] = min((darkness.values[k] - signal.values[k]) / unit.values[k], cap)
    }
    return signal
  }
}
