import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Breaks between columns")
struct ColumnGapsTests {
  private let s = 10.0

  /// Three level rows of 240 mm, broken for 0.6 mm before each of `places` (mm); `rows` of them.
  private func gaps(
    _ places: [Double], inRows broken: Int = 3, crossedAt crossed: Double? = nil,
    names: [Double]? = nil
  ) -> ColumnGaps? {
    var map = InkMap(
      ink: Plane(width: 2500, height: 900), pixelsPerMillimeter: s, noise: 0.01)
    let rows = [250, 500, 750].enumerated().map { k, zero in
      let columns = 20..<2420
      for x in columns {
        let isBroken = places.contains { (-0.6..<0).contains(Double(x) / s - $0) }
        let isCrossed = k == 1 && crossed.map { abs(Double(x) / s - $0) < 3 } ?? false
        guard !(isBroken && k < broken) || isCrossed else { continue }
        for y in (zero - 1)...(zero + 1) { map.ink[x, y] = 1 }
      }
      let path = InkPath(
        firstColumn: columns.lowerBound, rows: columns.map { _ in Float(zero) },
        spans: columns.map { map.ink[$0, zero] > 0.3 ? (zero - 1)...(zero + 1) : nil },
        spreads: columns.map { _ in 0.1 })
      return FollowedRow(
        row: PrintedRow(baselineY: Double(zero), extent: 20...2419, coverage: 1, darkness: 1),
        path: path, signal: RowSignal(firstX: 20, stepX: 1, points: []), pulse: nil)
    }
    return ColumnGaps(rows, in: map, columns: 4, width: 620, names: names)
  }

  @Test("columns begin behind breaks that all rows share")
  func shared() throws {
    let found = try #require(gaps([66.6, 129.2, 191.8], names: [6, 69, 132, 195].map { $0 * 10 }))
    for (start, place) in zip(found.starts, [666.0, 1292, 1918]) {
      #expect(abs(start - place) <= 1, "\(start) for \(place)")
    }
  }

  @Test("a steep stroke through one break of one row does not hide it")
  func crossed() {
    #expect(gaps([66.6, 129.2, 191.8], crossedAt: 129.2) != nil)
  }

  @Test("breaks of one row, at uneven distances or behind the names are no borders")
  func others() {
    #expect(gaps([66.6, 129.2, 191.8], inRows: 1) == nil)
    #expect(gaps([66.6, 127.2, 191.8]) == nil)
    #expect(gaps([66.6, 129.2]) == nil)
    #expect(gaps([66.6, 129.2, 191.8], names: [0, 60, 120, 180].map { $0 * 10 }) == nil)
  }

  @Test("traces that break everywhere say nothing")
  func everywhere() {
    #expect(gaps(stride(from: 10, to: 230, by: 6.26).map { $0 }) == nil)
  }
}
