package import ECGCore
import ECGImaging

/// Ink by darkness alone: neutral dark strokes over a coloured or grey grid, no network.
///
/// Per channel, darkness is 1 − brightness / paper. Coloured grids vanish in the smallest
/// of the three darknesses; what a grey grid leaves is measured line by line
/// (``GridResidue``) and taken out as a layer beneath the ink:
/// `ink = (darkness − grid) / (1 − grid)`.
package struct InkClassifier: Classifying {
  package init() {}

  package func classify(_ page: RectifiedPage, findings: inout [Finding]) -> InkMap {
    let s = page.geometry.pixelsPerMillimeterX
    var darkness = InkClassifier.darkness(page.page, pixelsPerMillimeter: s)
    let residue = GridResidue(darkness, pixelsPerMillimeter: s)
    let count = darkness.values.count
    darkness.values.withUnsafeMutableBufferPointer { d in
      residue.levels.withUnsafeBufferPointer { g in
        for i in 0..<count {
          // Beneath a nearly black line nothing can be seen.
          d[i] = g[i] > 0.8 ? 0 : (d[i] - g[i]) / max(1 - g[i], 0.35)
        }
      }
    }
    let (noise, full) = InkClassifier.levels(darkness)
    // Ink that is everywhere grey becomes 1 where it is full.
    let gain = 1 / max(full, 0.15)
    darkness.values.withUnsafeMutableBufferPointer { d in
      for i in 0..<count { d[i] = min(max(d[i] * gain, -0.25), 1.25) }
    }
    return InkMap(ink: darkness, pixelsPerMillimeter: s, noise: noise * gain)
  }

  /// The smallest of the three channels' darknesses, 0…1.
  static func darkness(_ page: Raster<PageSpace>, pixelsPerMillimeter: Double) -> Plane<PageSpace> {
    let white = PaperWhite(page, pixelsPerMillimeter: pixelsPerMillimeter)
    var plane = Plane<PageSpace>(width: page.width, height: page.height)
    let w = page.width
    page.bytes.withUnsafeBufferPointer { bytes in
      plane.values.withUnsafeMutableBufferPointer { out in
        for y in 0..<page.height {
          let red = white.row(y, channel: 0, width: w)
          let green = white.row(y, channel: 1, width: w)
          let blue = white.row(y, channel: 2, width: w)
          for x in 0..<w {
            let i = 3 * (y * w + x)
            let r = Float(bytes[i]) / red[x]
            let g = Float(bytes[i + 1]) / green[x]
            let b = Float(bytes[i + 2]) / blue[x]
            out[y * w + x] = max(1 - max(r, max(g, b)), 0)
          }
        }
      }
    }
    return plane
  }

  /// The spread on bare paper and the darkness of full ink.
  ///
  /// Ink covers some 0.5–4 % of a page, so full ink is read at the 99.7th percentile,
  /// the noise at the median distance from zero of the lower half.
  static func levels(_ plane: Plane<PageSpace>) -> (noise: Float, full: Float) {
    let bins = 1000
    var histogram = [Int](repeating: 0, count: bins)
    var absolute = [Int](repeating: 0, count: bins)
    for value in plane.values {
      histogram[min(max(Int(value * Float(bins)), 0), bins - 1)] += 1
      absolute[min(Int(abs(value) * Float(bins)), bins - 1)] += 1
    }
    func quantile(_ q: Double, _ counts: [Int]) -> Float {
      var left = Int(q * Double(plane.values.count))
      for (bin, n) in counts.enumerated() {
        if left < n { return (Float(bin) + 0.5) / Float(bins) }
        left -= n
      }
      return 1
    }
    return (max(quantile(0.5, absolute) * 1.48, 0.01), quantile(0.997, histogram))
  }
}
