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

  /// Tabulates the kernel.
  public init() {
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
    let source = photo.resized(by: factor)
    let size = geometry.pageSize
    var out = Raster<PageSpace>(width: size.width, height: size.height)
    var xs = [Float](repeating: 0, count: size.width)
    var ys = xs
    let (scale, shift) = (Float(1 / factor), Float(0.5 / factor - 0.5))
    for y in 0..<size.height {
      geometry.photoPoints(ofPageRow: Double(y), x: &xs, y: &ys)
      if factor != 1 {
        for k in xs.indices {
          xs[k] = xs[k] * scale + shift
          ys[k] = ys[k] * scale + shift
        }
      }
      resample(source, xs, ys, into: &out.bytes, row: y)
    }
    return out
  }

  private func resample(
    _ source: Raster<PhotoSpace>, _ xs: [Float], _ ys: [Float], into bytes: inout [UInt8], row: Int
  ) {
    let (w, h) = (source.width, source.height)
    bytes.withUnsafeMutableBufferPointer { out in
      source.bytes.withUnsafeBufferPointer { source in
        kernel.withUnsafeBufferPointer { kernel in
          xs.withUnsafeBufferPointer { xs in
            ys.withUnsafeBufferPointer { ys in
              let base = 3 * row * xs.count
              for k in 0..<xs.count {
                let (x, y) = (xs[k], ys[k])
                guard x >= -0.5, y >= -0.5, x < Float(w) - 0.5, y < Float(h) - 0.5 else { continue }
                let target = base + 3 * k
                let (fx, fy) = (x.rounded(.down), y.rounded(.down))
                let (i, j) = (Int(fx), Int(fy))
                let kx = 4 * Int((x - fx) * Float(PageResampler.fractions) + 0.5)
                let ky = 4 * Int((y - fy) * Float(PageResampler.fractions) + 0.5)
                if i >= 1, j >= 1, i < w - 2, j < h - 2 {
                  PageResampler.inside(
                    source, 3 * ((j - 1) * w + i - 1), 3 * w, kernel, kx, ky, out, target)
                } else {
                  PageResampler.atBorder(source, w, h, i, j, kernel, kx, ky, out, target)
                }
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func inside(
    _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ stride: Int,
    _ kernel: UnsafeBufferPointer<Float>, _ kx: Int, _ ky: Int,
    _ out: UnsafeMutableBufferPointer<UInt8>, _ target: Int
  ) {
    let (y0, y1, y2, y3) = (kernel[ky], kernel[ky + 1], kernel[ky + 2], kernel[ky + 3])
    let (p0, p1, p2, p3) = (start, start + stride, start + 2 * stride, start + 3 * stride)
    var (r, g, b): (Float, Float, Float) = (0.5, 0.5, 0.5)
    for a in 0..<4 {
      let weight = kernel[kx + a]
      let c = 3 * a
      r +=
        weight
        * (y0 * Float(source[p0 + c]) + y1 * Float(source[p1 + c]) + y2 * Float(source[p2 + c])
          + y3 * Float(source[p3 + c]))
      g +=
        weight
        * (y0 * Float(source[p0 + c + 1]) + y1 * Float(source[p1 + c + 1])
          + y2 * Float(source[p2 + c + 1]) + y3 * Float(source[p3 + c + 1]))
      b +=
        weight
        * (y0 * Float(source[p0 + c + 2]) + y1 * Float(source[p1 + c + 2])
          + y2 * Float(source[p2 + c + 2]) + y3 * Float(source[p3 + c + 2]))
    }
    out[target] = UInt8(max(0, min(r, 255)))
    out[target + 1] = UInt8(max(0, min(g, 255)))
    out[target + 2] = UInt8(max(0, min(b, 255)))
  }

  private static func atBorder(
    _ source: UnsafeBufferPointer<UInt8>, _ w: Int, _ h: Int, _ i: Int, _ j: Int,
    _ kernel: UnsafeBufferPointer<Float>, _ kx: Int, _ ky: Int,
    _ out: UnsafeMutableBufferPointer<UInt8>, _ target: Int
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
      out[target + channel] = UInt8(max(0, min(sum, 255)))
    }
  }
}
