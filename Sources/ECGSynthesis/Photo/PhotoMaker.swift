internal import ECGCore
internal import ECGImaging
import ECGNumerics
internal import Foundation

/// Makes the photo of a page: places the paper, lights it, and adds what cameras add.
struct PhotoMaker {
  let effects: PhotoEffects

  init(_ effects: PhotoEffects) { self.effects = effects }

  /// The photo of `page` and where each page pixel lies in it.
  func photo(
    of page: Raster<PageSpace>, pixelsPerMillimeter: Double,
    using generator: inout some RandomNumberGenerator
  ) -> (Raster<PhotoSpace>, PageGeometry) {
    var photo: Raster<PhotoSpace>
    var map = Homography<PageSpace, PhotoSpace>.identity
    if effects.warps {
      (photo, map) = placed(page, using: &generator)
    } else {
      photo = Raster(width: page.width, height: page.height, bytes: page.bytes)
    }
    if effects.shadow > 0 || effects.noise > 0 { expose(&photo, using: &generator) }
    if effects.isMirrored {
      let last = Double(photo.width - 1)
      map = map.then(Homography<PhotoSpace, PhotoSpace>([-1, 0, last, 0, 1, 0, 0, 0, 1]))
      photo = photo.mirrored
    }
    let turns = ((effects.quarterTurns % 4) + 4) % 4
    for _ in 0..<turns {
      let last = Double(photo.height - 1)
      map = map.then(Homography<PhotoSpace, PhotoSpace>([0, -1, last, 1, 0, 0, 0, 0, 1]))
      photo = photo.turned(quarterTurns: 1)
    }
    if let quality = effects.jpegQuality,
      let lossy = try? Raster<PhotoSpace>(decoding: photo.jpegData(quality: quality))
    {
      photo = lossy
    }
    let geometry = PageGeometry(
      map: .homography(map), pageSize: page.size, pixelsPerMillimeterX: pixelsPerMillimeter,
      pixelsPerMillimeterY: pixelsPerMillimeter,
      // Undone mirror first, then turns: a mirrored photo turns back the same way round.
      quarterTurns: effects.isMirrored ? turns : (4 - turns) % 4, isMirrored: effects.isMirrored)
    return (photo, geometry)
  }

  /// The paper on its background, askew and in perspective.
  private func placed(
    _ page: Raster<PageSpace>, using generator: inout some RandomNumberGenerator
  ) -> (Raster<PhotoSpace>, Homography<PageSpace, PhotoSpace>) {
    let (w, h) = (Double(page.width - 1), Double(page.height - 1))
    let angle = effects.skewDegrees * .pi / 180
    var corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map { u, v in
      let sway = effects.perspective
      let (du, dv) = (
        sway > 0 ? generator.uniform(-sway / 2...sway / 2) : 0,
        sway > 0 ? generator.uniform(-sway / 2...sway / 2) : 0
      )
      // The far side of the page is the shorter one.
      let far = 1 + sway * v
      let (x, y) = ((u + du * 0.5) * far * w, (v + dv * 0.5) * h)
      return Point<PhotoSpace>(
        x: x * cos(angle) - y * sin(angle), y: x * sin(angle) + y * cos(angle))
    }
    let room = effects.surroundings * max(w, h)
    let left = (corners.map(\.x).min() ?? 0) - room
    let top = (corners.map(\.y).min() ?? 0) - room
    corners = corners.map { Point(x: $0.x - left, y: $0.y - top) }
    let width = Int(((corners.map(\.x).max() ?? w) + room).rounded(.up)) + 1
    let height = Int(((corners.map(\.y).max() ?? h) + room).rounded(.up)) + 1
    guard
      let map = Homography<PageSpace, PhotoSpace>(
        rectangleTo: Point(x: w, y: h), onto: corners),
      let back = map.inverse
    else {
      return (Raster(width: page.width, height: page.height, bytes: page.bytes), .identity)
    }
    var photo = background(width: width, height: height, using: &generator)
    photo.bytes.withUnsafeMutableBufferPointer { out in
      page.bytes.withUnsafeBufferPointer { source in
        for y in 0..<height {
          for x in 0..<width {
            let place = back(Point(x: Double(x), y: Double(y)))
            guard place.x >= 0, place.y >= 0, place.x < w, place.y < h else { continue }
            PhotoMaker.blend(source, page.width, place.x, place.y, into: out, 3 * (y * width + x))
          }
        }
      }
    }
    return (photo, map)
  }

  /// Bilinear interpolation at (`x`, `y`), which lies at least one pixel within the far edges.
  @inline(__always)
  private static func blend(
    _ source: UnsafeBufferPointer<UInt8>, _ width: Int, _ x: Double, _ y: Double,
    into out: UnsafeMutableBufferPointer<UInt8>, _ at: Int
  ) {
    let (column, row) = (Int(x), Int(y))
    let (fx, fy) = (Float(x - Double(column)), Float(y - Double(row)))
    let a = 3 * (row * width + column)
    let b = a + 3 * width
    for c in 0..<3 {
      let upper = Float(source[a + c]) * (1 - fx) + Float(source[a + 3 + c]) * fx
      let lower = Float(source[b + c]) * (1 - fx) + Float(source[b + 3 + c]) * fx
      out[at + c] = UInt8(upper * (1 - fy) + lower * fy + 0.5)
    }
  }

  private func background(
    width: Int, height: Int, using generator: inout some RandomNumberGenerator
  ) -> Raster<PhotoSpace> {
    let color = effects.backgroundColor
    var raster = Raster<PhotoSpace>(
      width: width, height: height, red: UInt8(color >> 16 & 255), green: UInt8(color >> 8 & 255),
      blue: UInt8(color & 255))
    guard effects.hasTable else { return raster }
    // Grain: every row of the table has its own shade, which changes slowly.
    var shade = 0.0
    for y in 0..<height {
      shade = 0.93 * shade + 1.6 * generator.normal()
      for k in (3 * y * width)..<(3 * (y + 1) * width) {
        raster.bytes[k] = UInt8(min(max(Double(raster.bytes[k]) + shade, 0), 255))
      }
    }
    return raster
  }

  /// Light that falls off to one side, one soft shadow across, and the sensor's noise.
  private func expose(
    _ photo: inout Raster<PhotoSpace>, using generator: inout some RandomNumberGenerator
  ) {
    let (width, height) = (photo.width, photo.height)
    let angle = generator.uniform(0...(2 * .pi))
    let (nx, ny) = (cos(angle) / Double(width), sin(angle) / Double(height))
    let edge = generator.uniform(-0.1...0.25)
    let strength = effects.shadow
    let noise = Float(effects.noise)
    for y in 0..<height {
      for x in 0..<width {
        let along = nx * (Double(x) - Double(width) / 2) + ny * (Double(y) - Double(height) / 2)
        let step = 1 / (1 + exp(-(along - edge) * 14))
        let light = Float(1 - strength * (0.25 * (along + 0.5) + 0.6 * step))
        let bits = generator.next()
        for c in 0..<3 {
          // Two bytes summed have a standard deviation of 104.5: near enough to a bell curve.
          let shift = UInt64(16 * c)
          let sum = Float((bits >> shift) & 255) + Float((bits >> (shift + 8)) & 255)
          let k = 3 * (y * width + x) + c
          let value = Float(photo.bytes[k]) * light + noise * (sum - 255) / 104.5
          photo.bytes[k] = UInt8(min(max(value + 0.5, 0), 255))
        }
      }
    }
  }
}
