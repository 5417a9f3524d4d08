import ECGCore
import ECGDigitizer
import ECGImaging
import ECGNumerics
import Foundation

/// Curves drawn by an independent rasteriser: a thick polyline with round joins, 8 × 8 samples
/// per pixel, then blur, noise, JPEG and threshold. Every curve lies in a strip of its own.
struct DrawnPage {
  /// How the page is drawn; the defaults are an ordinary 200-dpi scan.
  struct Condition: CustomStringConvertible {
    var name = "base"
    var pixelsPerMillimeter = 7.874
    var lineMillimeters = 0.35
    var blur = 0.7
    var noise = 0.02
    var jpegQuality: Int? = 90
    var ink = 0.9
    var isBilevel = false
    var description: String { name }
  }

  var map: InkMap
  var paths: [InkPath]
  /// Per curve: the page row of each sample.
  var truths: [[Double]]
  /// Page column of sample 0, and the distance between samples.
  let firstX: Double
  let stepX: Double
  /// Half the width of the drawn line, in pixels.
  let halfWidth: Double

  /// Draws `curves` (mV at 500 Hz) at 25 mm/s and 10 mm/mV.
  init(
    _ curves: [[Float]], _ condition: Condition,
    using generator: inout some RandomNumberGenerator
  ) {
    let s = condition.pixelsPerMillimeter
    let h = condition.lineMillimeters * s / 2
    let (first, step) = (20 + Double.random(in: -0.5..<0.5, using: &generator), 25 * s / 500)
    let longest = curves.map(\.count).max() ?? 0
    let width = Int((first + Double(longest) * step + 20).rounded(.up))
    var strips: [(top: Int, height: Int, y: [Double])] = []
    var height = 0
    for curve in curves {
      let y = curve.map { -10 * s * Double($0) }
      let (least, most) = (y.min() ?? 0, y.max() ?? 0)
      let offset = Double(height) + 16 - least + Double.random(in: 0..<1, using: &generator)
      let tall = Int((most - least + 34).rounded(.up))
      strips.append((height, tall, y.map { $0 + offset }))
      height += tall
    }
    var cover = Plane<PageSpace>(width: width, height: height)
    for strip in strips { DrawnPage.draw(strip.y, first: first, step: step, halfWidth: h, &cover) }
    map = DrawnPage.scan(cover, condition, using: &generator)
    let reach = h + 2 * condition.blur
    paths = strips.map { strip in
      DrawnPage.path(strip.y, first: first, step: step, reach: reach, width: width)
    }
    truths = strips.map(\.y)
    firstX = first
    stepX = step
    halfWidth = h
  }

  /// Covers every sample point that lies within `halfWidth` of the polyline.
  private static func draw(
    _ y: [Double], first: Double, step: Double, halfWidth h: Double, _ plane: inout Plane<PageSpace>
  ) {
    let fine = 8
    let top = Int(((y.min() ?? 0) - h - 1).rounded(.down))
    let rows = Int(((y.max() ?? 0) + h + 1).rounded(.up)) - top + 1
    let columns = plane.width * fine
    var inside = [Bool](repeating: false, count: columns * rows * fine)
    for k in 0..<(y.count - 1) {
      let (xa, ya) = (first + Double(k) * step, y[k])
      let (dx, dy) = (step, y[k + 1] - y[k])
      let length = dx * dx + dy * dy
      let left = Int((xa - h + 0.5) * Double(fine)) - 1
      let right = Int((xa + dx + h + 0.5) * Double(fine)) + 1
      let up = Int((min(ya, ya + dy) - h + 0.5 - Double(top)) * Double(fine)) - 1
      let down = Int((max(ya, ya + dy) + h + 0.5 - Double(top)) * Double(fine)) + 1
      for v in max(up, 0)...min(down, rows * fine - 1) {
        let py = (Double(v) + 0.5) / Double(fine) - 0.5 + Double(top) - ya
        for u in max(left, 0)...min(right, columns - 1) {
          let px = (Double(u) + 0.5) / Double(fine) - 0.5 - xa
          let along = min(max((px * dx + py * dy) / length, 0), 1)
          let (ex, ey) = (px - along * dx, py - along * dy)
          if ex * ex + ey * ey <= h * h { inside[v * columns + u] = true }
        }
      }
    }
    for row in 0..<rows where (0..<plane.height).contains(row + top) {
      for column in 0..<plane.width {
        var hits = 0
        for v in 0..<fine {
          let base = (row * fine + v) * columns + column * fine
          for u in 0..<fine where inside[base + u] { hits += 1 }
        }
        if hits > 0 { plane[column, row + top] = Float(hits) / Float(fine * fine) }
      }
    }
  }

  /// Ink as a scanner sees it, on paper of 94 % brightness.
  private static func scan(
    _ cover: Plane<PageSpace>, _ condition: Condition,
    using generator: inout some RandomNumberGenerator
  ) -> InkMap {
    let paper: Float = 0.94
    var image = cover
    image.values = cover.values.map { paper * (1 - Float(condition.ink) * $0) }
    image = image.blurred(sigma: condition.blur)
    for i in image.values.indices {
      var value = image.values[i] + Float(condition.noise * generator.normal())
      if condition.isBilevel {
        value = value < paper * Float(1 - 0.5 * condition.ink) ? 0.04 : 0.96
      }
      image.values[i] = (min(max(value, 0), 1) * 255).rounded()
    }
    if let quality = condition.jpegQuality {
      let bytes = image.values.flatMap { value -> [UInt8] in
        let level = UInt8(value)
        return [level, level, level]
      }
      let raster = Raster<PageSpace>(width: image.width, height: image.height, bytes: bytes)
      if let data = try? raster.jpegData(quality: quality),
        let photo = try? DecodedPhoto(decoding: data)
      {
        for i in image.values.indices { image.values[i] = Float(photo.raster.bytes[3 * i]) }
      }
    }
    let white: Float = condition.isBilevel ? 0.96 * 255 : paper * 255
    image.values = image.values.map { 1 - $0 / white }
    let noise = max(1.48 * (image.values.map(abs).median() ?? 0), 0.005)
    return InkMap(ink: image, pixelsPerMillimeter: condition.pixelsPerMillimeter, noise: noise)
  }

  /// The ink that belongs to a curve: the true path ± the stroke.
  static func path(
    _ y: [Double], first: Double, step: Double, reach: Double, width: Int
  ) -> InkPath {
    var low = [Double](repeating: .infinity, count: width)
    var high = [Double](repeating: -.infinity, count: width)
    for (k, value) in y.enumerated() {
      let x = first + Double(k) * step
      for column in Int((x - reach).rounded(.up))...Int((x + reach).rounded(.down))
      where (0..<width).contains(column) {
        low[column] = min(low[column], value - reach)
        high[column] = max(high[column], value + reach)
      }
    }
    let begin = Int(first.rounded(.up))
    let end = Int((first + Double(y.count - 1) * step).rounded(.down))
    return InkPath(
      firstColumn: begin,
      rows: (begin...end).map { Float((low[$0] + high[$0]) / 2) },
      spans: (begin...end).map { Int(low[$0])...Int(high[$0].rounded(.up)) },
      spreads: [Float](repeating: 0, count: end - begin + 1))
  }
}
