import ECGCore
import ECGImaging
import ECGNumerics
package import ECGSynthesis
package import Foundation

/// A sheet of patches with the curve drawn on each, to look at before training.
package struct CurveSheet {
  package var sources: [LeadSource]
  package var columns = 6
  package var rows = 3

  package init(sources: [LeadSource]) { self.sources = sources }

  /// Writes a PNG file.
  package func write(to url: URL) throws {
    let generator = CurvePatchGenerator(sources: sources)
    let (w, h) = (generator.width, generator.height)
    var bytes = [UInt8](repeating: 255, count: 3 * columns * rows * (w + 4) * (h + 4))
    let stride = columns * (w + 4)
    for k in 0..<(columns * rows) {
      var numbers = SeededGenerator(seed: UInt64(900 + k))
      let patch = generator.patch(using: &numbers)
      let (left, top) = (k % columns * (w + 4), k / columns * (h + 4))
      for y in 0..<h {
        for x in 0..<w {
          let value = UInt8(255 * (1 - min(max(patch.ink[y * w + x], 0), 1)))
          let o = 3 * ((top + y) * stride + left + x)
          let others = UInt8(Float(value) + 0.5 * Float(255 - value) * (1 - patch.own[y * w + x]))
          (bytes[o], bytes[o + 1], bytes[o + 2]) = (value, others, value)
        }
      }
      for x in 0..<w {
        guard let y = patch.curve[x] else { continue }
        let o = 3 * ((top + Int(y.rounded())) * stride + left + x)
        (bytes[o], bytes[o + 1], bytes[o + 2]) = (255, 0, 0)
      }
    }
    let sheet = Raster<PageSpace>(width: stride, height: rows * (h + 4), bytes: bytes)
    try sheet.pngData().write(to: url)
  }
}
