import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Tips of narrow waves")
struct ClippedPeaksTests {
  private let columns = 0...119

  /// The wave as it was drawn: a level line at 200 and a spike up to 40 in column 60.
  private func wave(_ x: Double) -> Double { 200 - max(0, 160 - 32 * abs(x - 60)) }

  /// A pen of two pixels about the wave, 10 px/mm; `gap` rows of it are white.
  private func map(gap: ClosedRange<Int>? = nil) -> InkMap {
    var map = InkMap(ink: Plane(width: 120, height: 300), pixelsPerMillimeter: 10, noise: 0.01)
    for x in columns {
      let near = stride(from: Double(x) - 1, through: Double(x) + 1, by: 0.25).map(wave)
      guard let top = near.min(), let bottom = near.max() else { continue }
      for y in Int(top - 1)...Int(bottom + 1) where gap?.contains(y) != true {
        map.ink[x, y] = 1
      }
    }
    return map
  }

  private func tips(
    below cut: Double, in map: InkMap, isTaken: (Int, Int) -> Bool = { _, _ in false }
  ) -> [ClippedPeaks.Peak] {
    let curve = (0..<239).map { max(wave(Double($0) / 2), cut) }
    let path = InkPath(
      firstColumn: 0, rows: columns.map { Float(curve[2 * $0]) },
      spans: columns.map { _ in 90...210 }, spreads: columns.map { _ in 1 })
    return ClippedPeaks().clipped(
      by: curve, columns: columns, path: path, in: map, halfWidth: 1, isTaken: isTaken)
  }

  @Test("a tip that the curve cuts is found where the ink ends")
  func found() throws {
    let found = tips(below: 100, in: map())
    let tip = try #require(found.first)
    #expect(found.count == 1)
    #expect(abs(tip.y - 40) < 2 && abs(tip.x - 60) < 0.6)
    #expect(tip.rows.contains(60) && !tip.rows.contains(150))
    let flat = [Double](repeating: 200, count: 239)
    let out = ClippedPeaks().drawnOut(flat, to: found, from: 0)
    #expect(abs((out.min() ?? 0) - tip.y) < 1e-9 && out[0] == 200)
  }

  @Test("white where a line of the grid was taken out does not end it, a wider gap does")
  func gaps() throws {
    #expect(abs(try #require(tips(below: 100, in: map(gap: 70...71)).first).y - 40) < 2)
    #expect(tips(below: 100, in: map(gap: 60...98)).isEmpty)
  }

  @Test("a curve that reaches its tip, and ink that is something else's, are left alone")
  func none() {
    #expect(tips(below: 0, in: map()).isEmpty)
    #expect(tips(below: 100, in: map()) { _, y in y < 50 }.isEmpty)
  }
}
