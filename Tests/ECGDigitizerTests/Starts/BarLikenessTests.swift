import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Bars and what looks like bars")
struct BarLikenessTests {
  private let s = 10.0
  private let zeros = [150, 400, 650]

  private func map(_ draw: (inout InkMap, Int, Int) -> Void) -> ([PrintedRow], InkMap) {
    var map = InkMap(ink: Plane(width: 600, height: 800), pixelsPerMillimeter: s, noise: 0.01)
    for (k, zero) in zeros.enumerated() { draw(&map, k, zero) }
    let rows = zeros.map {
      PrintedRow(baselineY: Double($0), extent: 0...599, coverage: 1, darkness: 1)
    }
    return (rows, map)
  }

  @Test("the same piece in every row is a bar")
  func bar() throws {
    let (rows, map) = map { map, _, zero in
      for y in (zero - 40)...(zero + 40) { for x in 299...301 { map.ink[x, y] = 1 } }
    }
    let likeness = BarLikeness([299...301], rows: rows, in: map)
    #expect(try #require(likeness.likeness(of: 0)) > BarLikeness.least)
    #expect(!likeness.isFlanked(0))
  }

  @Test("strokes of different heights are complexes")
  func complexes() throws {
    let (rows, map) = map { map, k, zero in
      for y in (zero - [55, 20, 12][k])...(zero + [10, 60, 15][k]) { map.ink[300, y] = 1 }
    }
    let likeness = BarLikeness([299...301], rows: rows, in: map)
    #expect(try #require(likeness.likeness(of: 0)) < BarLikeness.least)
  }

  @Test("a stroke with a rise before it and another after it is a complex")
  func flanked() {
    let (rows, map) = map { map, _, zero in
      for y in (zero - 40)...(zero + 40) { map.ink[300, y] = 1 }
      for y in (zero - 40)...zero { map.ink[290, y] = 1 }
      for y in zero...(zero + 40) { map.ink[310, y] = 1 }
    }
    #expect(BarLikeness([299...301], rows: rows, in: map).isFlanked(0))
  }

  @Test("one line through all rows is a bar, whatever touches it; complexes leave the rows apart")
  func solid() {
    func map(_ isLine: Bool) -> ([PrintedRow], InkMap) {
      self.map { map, k, zero in
        for y in (zero - [55, 20, 12][k])...(zero + [10, 60, 15][k]) {
          for x in 285...315 { map.ink[x, y] = 1 }
        }
        if isLine { for y in 120...680 { map.ink[300, y] = 1 } }
      }
    }
    let (rows, line) = map(true)
    #expect(BarLikeness([299...301], rows: rows, in: line).isSolid(0))
    let (others, complexes) = map(false)
    #expect(!BarLikeness([299...301], rows: others, in: complexes).isSolid(0))
  }
}
