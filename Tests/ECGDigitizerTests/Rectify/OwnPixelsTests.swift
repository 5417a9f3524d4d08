import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation
import Testing

@Suite("Pages that were drawn, not photographed") struct OwnPixelsTests {
  static func page(_ drawn: DrawnGrid) throws -> RectifiedPage {
    var findings: [Finding] = []
    return try GridRectifier().rectify(drawn.photo, options: .init(), findings: &findings)
  }

  @Test("are read on the picture's own pixels", arguments: [7.4, 7.874, 11.811])
  func ownPixels(pixelsPerMillimeter: Double) throws {
    let drawn = DrawnGrid(turn: 0, pixelsPerMillimeter: pixelsPerMillimeter)
    let page = try Self.page(drawn)
    let first = page.geometry.photoPoint(Point(x: 0, y: 0))
    let (dx, dy) = (Int(first.x.rounded()), Int(first.y.rounded()))
    let photo = drawn.photo
    var different = 0
    var count = 0
    for y in 0..<page.page.height {
      for x in 0..<page.page.width {
        let (u, v) = (x + dx, y + dy)
        guard (2..<photo.width - 2).contains(u), (2..<photo.height - 2).contains(v)
        else { continue }
        count += 1
        let (a, b) = (
          3 * (y * page.page.width + x), 3 * (v * photo.width + u)
        )
        // A hundredth of a pixel, to which crossings are rounded, may turn a value by one.
        let miss = (0..<3).map {
          abs(Int(page.page.bytes[a + $0]) - Int(photo.bytes[b + $0]))
        }
        if miss.contains(where: { $0 > 2 }) { different += 1 }
      }
    }
    #expect(count > 1_000_000)
    #expect(different == 0, "\(different) of \(count) pixels")
    let scales = [page.geometry.pixelsPerMillimeterX, page.geometry.pixelsPerMillimeterY]
    #expect(scales.allSatisfy { abs($0 - pixelsPerMillimeter) < 0.002 }, "\(scales)")
  }

  @Test("tilted ones are resampled to 8 pixels a millimetre or more")
  func tilted() throws {
    let page = try Self.page(DrawnGrid(turn: 1, pixelsPerMillimeter: 7.4))
    #expect(page.geometry.pixelsPerMillimeterX == 8)
  }

  @Test("coarse ones too")
  func coarse() throws {
    let page = try Self.page(DrawnGrid(turn: 0, pixelsPerMillimeter: 5))
    #expect(page.geometry.pixelsPerMillimeterX == 8)
  }
}
