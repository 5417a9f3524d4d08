import ECGCore
import ECGImaging
import Foundation

/// A way to turn a photo, and where its pixels go.
enum PhotoTurn: Hashable, Sendable {
  /// Clockwise by a whole number of quarters.
  case quarters(Int)
  /// Left and right swapped.
  case mirrored
  /// Clockwise by any angle; what was not in the photo is white.
  case degrees(Double)

  /// Reads `90`, `180`, `270`, `mirrored` or any other number of degrees.
  init?(_ text: String) {
    if text == "mirrored" {
      self = .mirrored
    } else if let degrees = Double(text), abs(degrees) <= 360 {
      let quarters = degrees / 90
      self = quarters == quarters.rounded() ? .quarters(Int(quarters)) : .degrees(degrees)
    } else {
      return nil
    }
  }

  /// The name for a table.
  var name: String {
    switch self {
    case .quarters(let count): "turned by \(90 * count)°"
    case .mirrored: "mirrored"
    case .degrees(let degrees): "turned by \(Int(degrees.rounded()))°"
    }
  }

  /// The photo turned, and where its pixels went.
  func apply(
    to photo: Raster<PhotoSpace>
  ) -> (photo: Raster<PhotoSpace>, newFromOld: Homography<PhotoSpace, PhotoSpace>) {
    let (w, h) = (Double(photo.width - 1), Double(photo.height - 1))
    switch self {
    case .mirrored: return (photo.mirrored, Homography([-1, 0, w, 0, 1, 0, 0, 0, 1]))
    case .quarters(let count):
      let map: [Double] =
        switch ((count % 4) + 4) % 4 {
        case 1: [0, -1, h, 1, 0, 0, 0, 0, 1]
        case 2: [-1, 0, w, 0, -1, h, 0, 0, 1]
        case 3: [0, 1, 0, -1, 0, w, 0, 0, 1]
        default: [1, 0, 0, 0, 1, 0, 0, 0, 1]
        }
      return (photo.turned(quarterTurns: count), Homography(map))
    case .degrees(let degrees): return PhotoTurn.rotated(photo, radians: degrees * .pi / 180)
    }
  }

  private static func rotated(
    _ photo: Raster<PhotoSpace>, radians: Double
  ) -> (photo: Raster<PhotoSpace>, newFromOld: Homography<PhotoSpace, PhotoSpace>) {
    let (w, h) = (Double(photo.width - 1), Double(photo.height - 1))
    let (c, s) = (cos(radians), sin(radians))
    let corners = [(0, 0), (w, 0), (w, h), (0, h)].map { ($0 * c - $1 * s, $0 * s + $1 * c) }
    let left = corners.map(\.0).min() ?? 0
    let top = corners.map(\.1).min() ?? 0
    let width = Int(((corners.map(\.0).max() ?? w) - left).rounded(.up)) + 1
    let height = Int(((corners.map(\.1).max() ?? h) - top).rounded(.up)) + 1
    var out = Raster<PhotoSpace>(width: width, height: height, red: 255, green: 255, blue: 255)
    out.bytes.withUnsafeMutableBufferPointer { target in
      photo.bytes.withUnsafeBufferPointer { source in
        for v in 0..<height {
          for u in 0..<width {
            let (x, y) = (Double(u) + left, Double(v) + top)
            let (px, py) = (x * c + y * s, y * c - x * s)
            guard px >= 0, py >= 0, px < w, py < h else { continue }
            let (i, j) = (Int(px), Int(py))
            let (fx, fy) = (px - Double(i), py - Double(j))
            let a = 3 * (j * photo.width + i)
            let b = a + 3 * photo.width
            for k in 0..<3 {
              let upper = Double(source[a + k]) * (1 - fx) + Double(source[a + 3 + k]) * fx
              let lower = Double(source[b + k]) * (1 - fx) + Double(source[b + 3 + k]) * fx
              target[3 * (v * width + u) + k] = UInt8(upper * (1 - fy) + lower * fy + 0.5)
            }
          }
        }
      }
    }
    return (out, Homography([c, -s, -left, s, c, -top, 0, 0, 1]))
  }
}
