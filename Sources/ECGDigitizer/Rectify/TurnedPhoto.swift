import ECGCore
import ECGImaging
import Foundation

/// A picture turned about its middle, on a sheet large enough for all of it.
///
/// Conventions: the angle is clockwise as the picture is seen. What lies outside the picture has
/// the mean colour of its border.
struct TurnedPhoto: Sendable {
  private(set) var raster: Raster<PhotoSpace>
  private let cosine: Double
  private let sine: Double
  private let middle: Point<PhotoSpace>

  /// Turns `picture`, with bilinear interpolation.
  init(_ picture: Raster<PhotoSpace>, radians: Double, workers: Workers = .one) {
    (cosine, sine) = (cos(radians), sin(radians))
    let (w, h) = (picture.width, picture.height)
    middle = Point(x: Double(w - 1) / 2, y: Double(h - 1) / 2)
    let width = Int((abs(cosine) * Double(w) + abs(sine) * Double(h)).rounded(.up))
    let height = Int((abs(sine) * Double(w) + abs(cosine) * Double(h)).rounded(.up))
    let border = TurnedPhoto.borderColor(of: picture)
    raster = Raster(width: width, height: height, red: border.0, green: border.1, blue: border.2)
    var bytes = raster.bytes
    let turned = self
    bytes.withUnsafeMutableBufferPointer { out in
      picture.bytes.withUnsafeBufferPointer { source in
        workers.bands(height) { band in
          for y in band {
            for x in 0..<width {
              let place = turned.place(Point(x: Double(x), y: Double(y)))
              guard place.x >= 0, place.y >= 0, place.x < Double(w - 1), place.y < Double(h - 1)
              else { continue }
              let (i, j) = (Int(place.x), Int(place.y))
              let (fx, fy) = (Float(place.x) - Float(i), Float(place.y) - Float(j))
              let (above, below) = (3 &* (j &* w &+ i), 3 &* ((j &+ 1) &* w &+ i))
              for c in 0..<3 {
                let top = Float(source[above &+ c]) * (1 - fx) + Float(source[above &+ 3 &+ c]) * fx
                let low = Float(source[below &+ c]) * (1 - fx) + Float(source[below &+ 3 &+ c]) * fx
                out[3 &* (y &* width &+ x) &+ c] = UInt8(top * (1 - fy) + low * fy + 0.5)
              }
            }
          }
        }
      }
    }
    raster.bytes = bytes
  }

  /// The place in the picture that `point` of the turned one shows.
  func place(_ point: Point<PhotoSpace>) -> Point<PhotoSpace> {
    let dx = point.x - Double(raster.width - 1) / 2
    let dy = point.y - Double(raster.height - 1) / 2
    return Point(
      x: middle.x + cosine * dx + sine * dy, y: middle.y - sine * dx + cosine * dy)
  }

  private static func borderColor(of picture: Raster<PhotoSpace>) -> (UInt8, UInt8, UInt8) {
    var sums = [0, 0, 0]
    var count = 0
    func add(_ x: Int, _ y: Int) {
      for c in 0..<3 { sums[c] += Int(picture.bytes[3 * (y * picture.width + x) + c]) }
      count += 1
    }
    for x in 0..<picture.width {
      add(x, 0)
      add(x, picture.height - 1)
    }
    for y in 0..<picture.height {
      add(0, y)
      add(picture.width - 1, y)
    }
    let means = sums.map { UInt8($0 / max(count, 1)) }
    return (means[0], means[1], means[2])
  }
}
