import ECGCore
import ECGImaging
import Foundation

/// A page of grid paper with four traces on a desk, drawn pixel by pixel through a known map.
struct DrawnGrid {
  enum Lines: CaseIterable {
    case both, onlyFiveMillimeters, onlyMillimeters
  }

  var lines = Lines.both
  /// Degrees by which the page is turned in the photo.
  var turn = 0.0
  var pixelsPerMillimeter = 6.0
  /// How much a millimetre across is longer in the photo than one down.
  var aspect = 1.0
  /// How much smaller the far end of the page looks, 0 for none.
  var perspective = 0.0
  /// Height of a smooth bulge of the paper in mm: it moves points by up to this much.
  var bulge = 0.0
  /// Whether the photo is grey.
  var isGrey = false

  static let widthMillimeters = 270.0
  static let heightMillimeters = 190.0

  /// The photo point that shows a place of the paper, in mm from its upper left corner.
  func photoPoint(x: Double, y: Double) -> Point<PhotoSpace> {
    let (w, h) = (DrawnGrid.widthMillimeters, DrawnGrid.heightMillimeters)
    let wave = bulge * sin(Double.pi * x / w) * sin(Double.pi * y / h)
    let (cx, cy) = ((x - w / 2 + wave) * aspect, y - h / 2 + 0.6 * wave)
    let depth = 1 + perspective * cy / h
    let (c, s) = (cos(turn * Double.pi / 180), sin(turn * Double.pi / 180))
    let (px, py) = (pixelsPerMillimeter * cx / depth, pixelsPerMillimeter * cy / depth)
    let half = Double(side) / 2
    return Point(x: half + c * px - s * py, y: half + s * px + c * py)
  }

  /// Pixels of a side of the square photo.
  var side: Int {
    let diagonal = hypot(
      DrawnGrid.widthMillimeters * max(aspect, 1), DrawnGrid.heightMillimeters)
    let radians = turn * Double.pi / 180
    let span =
      abs(cos(radians)) * DrawnGrid.widthMillimeters * aspect
      + abs(sin(radians)) * DrawnGrid.heightMillimeters
    return Int(min(diagonal, span + 30) * pixelsPerMillimeter * (1 + perspective / 2))
  }

  /// The place on the paper that the photo shows at a pixel, by fixed-point iteration.
  private func paper(_ x: Double, _ y: Double) -> (Double, Double) {
    let (w, h) = (DrawnGrid.widthMillimeters, DrawnGrid.heightMillimeters)
    let half = Double(side) / 2
    let (c, s) = (cos(turn * Double.pi / 180), sin(turn * Double.pi / 180))
    let px = (c * (x - half) + s * (y - half)) / pixelsPerMillimeter
    let py = (-s * (x - half) + c * (y - half)) / pixelsPerMillimeter
    // p = c / depth with depth = 1 + k·cy / h, so cy = py / (1 − k·py / h).
    let cy = py / (1 - perspective * py / h)
    let depth = 1 + perspective * cy / h
    let cx = px * depth / aspect
    var (mx, my) = (cx + w / 2, cy + h / 2)
    guard bulge != 0 else { return (mx, my) }
    for _ in 0..<6 {
      let wave = bulge * sin(Double.pi * mx / w) * sin(Double.pi * my / h)
      (mx, my) = (cx + w / 2 - wave, cy + h / 2 - 0.6 * wave)
    }
    return (mx, my)
  }

  var photo: Raster<PhotoSpace> {
    let side = side
    var bytes = [UInt8](repeating: 0, count: 3 * side * side)
    var noise = SystemlessNoise(state: 7)
    for y in 0..<side {
      for x in 0..<side {
        let (mx, my) = paper(Double(x), Double(y))
        let k = 3 * (y * side + x)
        let grain = noise.next()
        guard mx > -4, my > -4, mx < DrawnGrid.widthMillimeters + 4,
          my < DrawnGrid.heightMillimeters + 4
        else {
          for c in 0..<3 { bytes[k + c] = UInt8(90 + 10 * c + grain) }
          continue
        }
        let line = gridDarkness(mx, my)
        let ink = inkDarkness(mx, my)
        let green = 240 * (1 - 0.35 * line) * (1 - 0.85 * ink)
        let red = isGrey ? green : 245 * (1 - 0.08 * line) * (1 - 0.85 * ink)
        bytes[k] = UInt8(red) &+ UInt8(grain)
        bytes[k + 1] = UInt8(green) &+ UInt8(grain)
        bytes[k + 2] = UInt8(green) &+ UInt8(grain)
      }
    }
    return Raster(width: side, height: side, bytes: bytes)
  }

  private func gridDarkness(_ x: Double, _ y: Double) -> Double {
    guard x > -0.3, y > -0.3, x < DrawnGrid.widthMillimeters + 0.3,
      y < DrawnGrid.heightMillimeters + 0.3
    else { return 0 }
    func line(_ t: Double, every step: Double, width: Double) -> Double {
      let distance = abs(t / step - (t / step).rounded()) * step * pixelsPerMillimeter
      // As a lens draws it: a sharp line would alias.
      let sigma = max(0.65, 0.5 * width * pixelsPerMillimeter)
      let strength = min(1, width * pixelsPerMillimeter / (2 * sigma))
      return strength * exp(-0.5 * distance * distance / (sigma * sigma))
    }
    var dark = 0.0
    if lines != .onlyFiveMillimeters {
      dark = 0.5 * max(line(x, every: 1, width: 0.12), line(y, every: 1, width: 0.12))
    }
    if lines != .onlyMillimeters {
      dark = max(dark, line(x, every: 5, width: 0.25), line(y, every: 5, width: 0.25))
    }
    return dark
  }

  /// Four rows of beats, 10 mm high.
  private func inkDarkness(_ x: Double, _ y: Double) -> Double {
    guard x > 10, x < 260 else { return 0 }
    let row = min(3, max(0, Int(y / 45)))
    let beat = (x + 7 * Double(row)).truncatingRemainder(dividingBy: 21)
    func height(_ b: Double) -> Double {
      10 * exp(-pow((b - 5) / 0.6, 2)) - 3 * exp(-pow((b - 6.2) / 0.6, 2))
        + 2.5 * exp(-pow((b - 12) / 2, 2))
    }
    let level = Double(row) * 45 + 34 - height(beat)
    let slope = (height(beat + 0.05) - height(beat - 0.05)) / 0.1
    let distance = abs(y - level) / (1 + slope * slope).squareRoot() * pixelsPerMillimeter
    return max(0, min(1, 0.18 * pixelsPerMillimeter + 0.5 - distance))
  }
}

/// Grain of 0…7 grey values that is the same in every run.
struct SystemlessNoise {
  var state: UInt64

  mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 61)
  }
}
