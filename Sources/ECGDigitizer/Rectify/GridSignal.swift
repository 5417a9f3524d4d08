import ECGCore
import ECGImaging

/// How dark each pixel is against the paper around it, in units of the local contrast.
///
/// Ink counts little more than a grid line: values are capped. So the printed grid, which
/// is everywhere, outweighs the trace, which is dark but rare.
struct GridSignal {
  let parameters: RectifyParameters.Signal

  /// The signal of a raster; mean about 0, standard deviation about 1 where there is a grid.
  ///
  /// - Parameter reach: the width of the neighbourhood in which some paper is white, in pixels.
  func plane(
    of raster: Raster<PhotoSpace>, reach: Int, rounds: Int = 2, workers: Workers = .one
  ) -> Plane<PhotoSpace> {
    var darkness = lightness(of: raster, workers)
    let side = max(raster.width, raster.height) > 900 ? 4 : 2
    let paper = PaperWhite(
      darkness, block: side, radius: max(1, reach / (2 * side)), workers: workers
    ).plane(size: raster.size, workers: workers)
    darkness.values.withUnsafeMutableBufferPointer { darkness in
      paper.values.withUnsafeBufferPointer { paper in
        workers.bands(darkness.count) { band in
          for k in band { darkness[k] = max(0, 1 - darkness[k] / max(paper[k], 8)) }
        }
      }
    }
    return standardized(
      darkness, side: side, radius: max(2, 2 * reach / side), rounds: rounds, workers)
  }

  /// Half the darkest channel, half green: grids are red, blue, green or grey.
  private func lightness(
    of raster: Raster<PhotoSpace>, _ workers: Workers
  ) -> Plane<PhotoSpace> {
    var out = Plane<PhotoSpace>(width: raster.width, height: raster.height)
    out.values.withUnsafeMutableBufferPointer { out in
      raster.bytes.withUnsafeBufferPointer { bytes in
        workers.bands(out.count) { band in
          for k in band {
            let (r, g, b) = (bytes[3 &* k], bytes[3 &* k &+ 1], bytes[3 &* k &+ 2])
            out[k] = 0.5 * (Float(min(r, min(g, b))) + Float(g))
          }
        }
      }
    }
    return out
  }

  /// Subtracts the local mean, divides by the local deviation, caps at some deviations.
  ///
  /// Mean and deviation are measured several times, each time without the ink that the time
  /// before capped.
  private func standardized(
    _ darkness: Plane<PhotoSpace>, side: Int, radius: Int, rounds: Int,
    _ workers: Workers
  ) -> Plane<PhotoSpace> {
    let (w, h) = (darkness.width, darkness.height)
    let (cap, least) = (parameters.cap, parameters.leastDeviation)
    var mean = Plane<PhotoSpace>(width: max(1, w / side), height: max(1, h / side))
    var deviation = mean
    var limits = [Float](repeating: .greatestFiniteMagnitude, count: mean.values.count)
    let scale = 1 / Float(side * side)
    for _ in 0..<rounds where !workers.isCancelled {
      let (width, height) = (mean.width, mean.height)
      darkness.values.withUnsafeBufferPointer { darkness in
        mean.values.withUnsafeMutableBufferPointer { mean in
          deviation.values.withUnsafeMutableBufferPointer { deviation in
            workers.bands(height) { band in
              for y in band {
                for x in 0..<width {
                  let limit = limits[y &* width &+ x]
                  var (sum, squares): (Float, Float) = (0, 0)
                  for j in (y &* side)..<min((y &+ 1) &* side, h) {
                    for i in (x &* side)..<min((x &+ 1) &* side, w) {
                      let value = min(darkness[j &* w &+ i], limit)
                      sum += value
                      squares += value * value
                    }
                  }
                  mean[y &* width &+ x] = sum * scale
                  deviation[y &* width &+ x] = squares * scale
                }
              }
            }
          }
        }
      }
      let smooth = workers.map(2) { ($0 == 0 ? mean : deviation).boxMean(radius: radius) }
      (mean, deviation) = (smooth[0], smooth[1])
      for k in limits.indices {
        let variance = deviation.values[k] - mean.values[k] * mean.values[k]
        deviation.values[k] = max(variance, 0).squareRoot() + least
        limits[k] = mean.values[k] + cap * deviation.values[k]
      }
    }
    let factor = 1 / Double(side)
    var signal = mean.interpolated(by: factor, to: darkness.size, workers: workers)
    let unit = deviation.interpolated(by: factor, to: darkness.size, workers: workers)
    signal.values.withUnsafeMutableBufferPointer { signal in
      unit.values.withUnsafeBufferPointer { unit in
        darkness.values.withUnsafeBufferPointer { darkness in
          workers.bands(signal.count) { band in
            for k in band { signal[k] = min((darkness[k] - signal[k]) / unit[k], cap) }
          }
        }
      }
    }
    return signal
  }
}
