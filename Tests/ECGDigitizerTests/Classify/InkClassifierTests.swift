import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

/// A page of grid paper in the shadow of a hand, with one patch of ink.
@Suite("Ink against grid and shadow")
struct InkClassifierTests {
  /// Light that reaches a column: half of it at the right border.
  private static func light(_ x: Int) -> Double { 1 - 0.5 * Double(x) / 960 }

  private static func map(grid: (red: Double, green: Double, blue: Double)) -> InkMap {
    let (width, height, s) = (960, 720, 8)
    var page = Raster<PageSpace>(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        // The ink is a stroke of 4 mm by 0.5 mm every 12 mm, between lines and across them.
        let isInk = x % (12 * s) < 4 * s && (y + 2) % (12 * s) < s / 2
        let isGrid = x % (5 * s) < 2 || y % (5 * s) < 2
        let color = isInk ? (0.15, 0.15, 0.15) : isGrid ? grid : (1, 1, 1)
        for (c, part) in [color.0, color.1, color.2].enumerated() {
          page.bytes[3 * (y * width + x) + c] = UInt8(245 * light(x) * part)
        }
      }
    }
    let rectified = RectifiedPage(
      page: page,
      geometry: PageGeometry(
        map: .homography(.identity), pageSize: page.size, pixelsPerMillimeterX: Double(s),
        pixelsPerMillimeterY: Double(s)),
      scaleEvidence: .declared, geometryErrorPixels: 0)
    var findings: [Finding] = []
    return InkClassifier().classify(rectified, findings: &findings)
  }

  @Test(
    "strokes are full ink in light and shadow; paper and lines of any colour are none",
    arguments: [[1, 0.6, 0.65], [0.6, 0.6, 0.6], [0.35, 0.35, 0.35]])
  func ink(grid: [Double]) {
    let map = Self.map(grid: (grid[0], grid[1], grid[2]))
    for y in stride(from: 96, to: 470, by: 96) {
      for x in stride(from: 96, to: 860, by: 96) {
        #expect(map.ink[x + 20, y] > 0.85, "ink at \(x) \(y): \(map.ink[x + 20, y])")
        #expect(abs(map.ink[x + 60, y + 30]) < 0.05, "paper at \(x) \(y)")
      }
    }
    // Places on lines, clear of ink.
    for x in stride(from: 120, to: 860, by: 40) where x % 96 > 40 {
      #expect(map.ink[x, 222] < 0.12, "column \(x): \(map.ink[x, 222])")
      #expect(map.ink[x + 12, 240] < 0.12, "row at \(x): \(map.ink[x + 12, 240])")
    }
    #expect(map.noise < 0.03)
  }
}
