import ECGCore
import ECGImaging
import Testing

/// Paper that darkens from left to right, with a grid, and ink on a fifth of it.
@Suite("Paper white")
struct PaperWhiteTests {
  private let width = 320
  private let height = 240

  private func level(_ x: Int) -> Float { 240 - 100 * Float(x) / Float(width) }

  private var page: Raster<PageSpace> {
    var page = Raster<PageSpace>(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        let isInk = (100..<110).contains(y) || (60..<70).contains(x) || (30..<60).contains(y % 90)
        let isGrid = x % 8 == 0 || y % 8 == 0
        let share: Float = isInk && (x / 3 + y / 3) % 2 == 0 ? 0.1 : isGrid ? 0.7 : 1
        for c in 0..<3 {
          page.bytes[3 * (y * width + x) + c] = UInt8(level(x) * share / Float(c == 2 ? 2 : 1))
        }
      }
    }
    return page
  }

  @Test("the median of blocks follows light, channel by channel, and forgets ink and grid")
  func steady() {
    let white = PaperWhite(page, block: 8, medianRadius: 4, meanRadius: 2)
    for y in [0, 105, 239] {
      for (channel, share) in [(0, Float(1)), (1, 1), (2, 0.5)] {
        let row = white.row(y, channel: channel, width: width)
        for x in 40..<280 { #expect(abs(row[x] - share * level(x)) < 4, "\(x) \(y) \(channel)") }
      }
    }
  }

  @Test("the brightest blocks nearby are never darker than paper, nor much lighter")
  func brightest() {
    let white = PaperWhite(page, block: 2, radius: 6)
    let plane = white.plane(channel: 1, size: page.size)
    // Blocks that no grid line crosses lie within the radius everywhere: light varies by 4 there.
    for y in stride(from: 0, to: height, by: 7) {
      for x in 20..<300 { #expect(abs(plane[x, y] - level(x)) < 6, "\(x) \(y)") }
    }
  }
}
