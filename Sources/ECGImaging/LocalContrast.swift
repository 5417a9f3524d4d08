import ECGCore

/// A picture as networks read it: each channel against the brightness around it.
///
/// From each value the mean grey of the surroundings is taken away, and the rest is divided
/// by the deviation of grey there. Light and shadow, ink and paper of any strength then look
/// alike.
///
/// Conventions: values channel by channel (red, green, blue), row by row. Width and height
/// are padded to a multiple of ``LocalContrast/multiple`` by repeating the last column and row.
public struct LocalContrast<Space: Sendable>: Sendable {
  /// A network's deepest level has one cell for so many pixels.
  public static var multiple: Int { 16 }
  /// The padded size.
  public let width: Int
  /// The height, in pixels.
  public let height: Int
  /// `3 · width · height` values.
  public let values: [Float]

  /// Prepares `raster`; the surroundings are a square of `2 · radius + 1` pixels, and `workers`
  /// share the rows.
  public init(_ raster: Raster<Space>, radius: Int = 40, workers: Workers = .one) {
    let m = LocalContrast.multiple
    let (w, h) = (raster.width, raster.height)
    let (width, height) = ((w + m - 1) / m * m, (h + m - 1) / m * m)
    var grey = Plane<Space>(width: width, height: height)
    var squared = grey
    raster.bytes.withUnsafeBufferPointer { bytes in
      grey.values.withUnsafeMutableBufferPointer { grey in
        squared.values.withUnsafeMutableBufferPointer { squared in
          workers.bands(height) { band in
            for y in band {
              for x in 0..<width {
                let i = 3 &* (min(y, h &- 1) &* w &+ min(x, w &- 1))
                let sum = Float(bytes[i]) + Float(bytes[i &+ 1]) + Float(bytes[i &+ 2])
                grey[y &* width &+ x] = sum / 765
                squared[y &* width &+ x] = (sum / 765) * (sum / 765)
              }
            }
          }
        }
      }
    }
    let means = workers.map(2) { ($0 == 0 ? grey : squared).boxMean(radius: radius) }
    let count = width * height
    self.values = [Float](unsafeUninitializedCapacity: 3 * count) { out, initialized in
      raster.bytes.withUnsafeBufferPointer { bytes in
        means[0].values.withUnsafeBufferPointer { mean in
          means[1].values.withUnsafeBufferPointer { meanSquared in
            workers.bands(height) { band in
              for y in band {
                for x in 0..<width {
                  let k = y &* width &+ x
                  let m = mean[k]
                  let deviation = max(meanSquared[k] - m * m, 0).squareRoot()
                  let factor = 1 / (deviation + 0.03)
                  let i = 3 &* (min(y, h &- 1) &* w &+ min(x, w &- 1))
                  for c in 0..<3 {
                    out[c &* count &+ k] = (Float(bytes[i &+ c]) / 255 - m) * factor
                  }
                }
              }
            }
          }
        }
      }
      initialized = 3 * count
    }
    self.width = width
    self.height = height
  }
}
