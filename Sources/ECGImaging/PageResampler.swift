public import ECGCore
import Foundation

/// Makes the flat page from the photo: one cubic resampling through the geometry.
///
/// Conventions: page pixel (x, y) takes the colour of the photo at `geometry.photoPoint`;
/// what lies outside the photo becomes white.
///
/// > Source: the kernel is Keys, "Cubic convolution interpolation for digital image
/// > processing" (1981), doi:10.1109/TASSP.1981.1163711, with a = −½.
public struct PageResampler: Sendable {
  /// Fractions of a pixel at which the kernel is tabulated.
  private static let fractions = 256
  private let kernel: [Float]
  private let workers: Workers

  /// Tabulates the kernel; `workers` share the rows of a page.
  public init(workers: Workers = .one) {
    self.workers = workers
    var kernel: [Float] = []
    for k in 0...PageResampler.fractions {
      let t = Float(k) / Float(PageResampler.fractions)
      let (t2, t3) = (t * t, t * t * t)
      kernel.append(-0.5 * t3 + t2 - 0.5 * t)
      kernel.append(1.5 * t3 - 2.5 * t2 + 1)
      kernel.append(-1.5 * t3 + 2 * t2 + 0.5 * t)
      kernel.append(0.5 * t3 - 0.5 * t2)
    }
    self.kernel = kernel
  }

  /// The flat page of `photo`.
  public func page(of photo: Raster<PhotoSpace>, through geometry: PageGeometry) -> Raster<
    PageSpace
  > {
    // A photo much finer than the page is reduced first, or its noise would alias.
    let here = geometry.photoPixelsPerPagePixel
    let factor = here > 1.6 ? Double(Int(here + 0.4)) : 1
    let source = photo.resized(by: factor, workers: workers)
    let size = geometry.pageSize
    var out = Raster<PageSpace>(width: size.width, height: size.height)
    let (scale, shift) = (Float(1 / factor), Float(0.5 / factor - 0.5))
    out.bytes.withUnsafeMutableBufferPointer { bytes in
      workers.bands(size.height) { band in
        var xs = [Float](repeating: 0, count: size.width)
        var ys = xs
        for y in band {
          if y % 16 == 0, workers.isCancelled { return }
          geometry.photoPoints(ofPageRow: Double(y), x: &xs, y: &ys)
          if factor != 1 {
            for k in xs.indices {
              xs[k] = xs[k] * scale + shift
              ys[k] = ys[k] * scale + shift
            }
          }
          resample(source, xs, ys, into: bytes, row: y)
        }
      }
    }
    return out
  }

  private func resample(
    _ source: Raster<PhotoSpace>, _ xs: [Float], _ ys: [Float],
    into out: UnsafeMutableBufferPointer<UInt8>, row: Int
  ) {
    let (w, h) = (source.width, source.height)
    let (limitX, limitY) = (Float(w) - 0.5, Float(h) - 0.5)
    let fractions = Float(PageResampler.fractions)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 12) { sums in
      source.bytes.withUnsafeBufferPointer { source in
        kernel.withUnsafeBufferPointer { kernel in
          guard let sums = sums.baseAddress, let first = source.baseAddress,
            let kernelStart = kernel.baseAddress, let outStart = out.baseAddress
          else { return }
          var target = outStart + 3 * row * xs.count
          for k in 0..<xs.count {
            let (x, y) = (xs[k], ys[k])
            if x >= -0.5, y >= -0.5, x < limitX, y < limitY {
              // Rounded down without a call: whole numbers from −1 on.
              let (i, j) = (Int(x + 1) &- 1, Int(y + 1) &- 1)
              let kx = 4 &* Int((x - Float(i)) * fractions + 0.5)
              let ky = 4 &* Int((y - Float(j)) * fractions + 0.5)
              if i >= 1, j >= 1, i < w &- 2, j < h &- 2 {
                PageResampler.inside(
                  first + 3 &* ((j &- 1) &* w &+ i &- 1), 3 &* w, kernelStart + kx,
                  kernelStart + ky, sums, target)
              } else {
                PageResampler.atBorder(source, w, h, i, j, kernel, kx, ky, target)
              }
            }
            target += 3
          }
        }
      }
    }
  }

  /// One pixel from four by four. Columns first, in a loop that runs over consecutive bytes.
  @inline(__always)
  private static func inside(
    _ first: UnsafePointer<UInt8>, _ stride: Int, _ kx: UnsafePointer<Float>,
    _ ky: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>,
    _ out: UnsafeMutablePointer<UInt8>
  ) {
    let (y0, y1, y2, y3) = (ky[0], ky[1], ky[2], ky[3])
    let second = first + stride
    let third = second + stride
    let fourth = third + stride
    for c in 0..<12 {
      let upper = y0 * Float(first[c]) + y1 * Float(second[c])
      sums[c] = upper + (y2 * Float(third[c]) + y3 * Float(fourth[c]))
    }
    let (x0, x1, x2, x3) = (kx[0], kx[1], kx[2], kx[3])
    for c in 0..<3 {
      let value = x0 * sums[c] + x1 * sums[c + 3] + (x2 * sums[c + 6] + x3 * sums[c + 9]) + 0.5
      out[c] = UInt8(truncatingIfNeeded: Int32(max(0, min(value, 255))))
    }
  }

  private static func atBorder(
    _ source: UnsafeBufferPointer<UInt8>, _ w: Int, _ h: Int, _ i: Int, _ j: Int,
    _ kernel: UnsafeBufferPointer<Float>, _ kx: Int, _ ky: Int,
    _ out: UnsafeMutablePointer<UInt8>
  ) {
    for channel in 0..<3 {
      var sum: Float = 0.5
      for b in 0..<4 {
        let row = min(max(j + b - 1, 0), h - 1)
        for a in 0..<4 {
          let column = min(max(i + a - 1, 0), w - 1)
          sum += kernel[kx + a] * kernel[ky + b] * Float(source[3 * (row * w + column) + channel])
        }
      }
      out[channel] = UInt8(max(0, min(sum, 255)))
    }
  }
}
