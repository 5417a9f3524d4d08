import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Rows are found and followed along their ink")
struct RowFollowerTests {
  private let scale = DrawnInk.scale

  @Test("rows come from top to bottom, where they were drawn, however many threads look")
  func rows() {
    let page = DrawnInk.page(zeros: [30, 55, 80], rise: nil)
    for threads in [1, 3] {
      let rows = RowFollower(workers: Workers(threads)).rows(in: page.map)
      #expect(rows.count == 3)
      for (row, zero) in zip(rows, [30.0, 55, 80]) {
        #expect(abs(row.row.baselineY - zero * scale) < 0.3 * scale)
        #expect(abs(Double(row.row.extent.lowerBound) - 20 * scale) < scale)
        #expect(abs(Double(row.row.extent.upperBound) - 150 * scale) < scale)
        #expect(row.row.coverage > 0.98)
      }
    }
  }

  @Test("ruled lines and lines of text are no rows")
  func others() {
    var page = DrawnInk.page(zeros: [50], rise: nil)
    page.draw(from: 5, to: 155) { _ in 12 }
    for word in stride(from: 10.0, to: 150, by: 3) {
      page.draw(from: word, to: word + 1.2) { 85 - 2 * ($0 - word) }
    }
    let rows = RowFollower().rows(in: page.map)
    #expect(rows.map { ($0.row.baselineY / scale).rounded() } == [50])
  }

  @Test("bare paper has none")
  func bare() {
    #expect(RowFollower().rows(in: DrawnInk().map).isEmpty)
  }

  @Test("the curve of a row is the centre of its ink, its peaks included")
  func followed() throws {
    let page = DrawnInk.page(zeros: [50], rise: nil)
    let row = try #require(RowFollower().rows(in: page.map).first)
    // Between beats, and at the tip of an R wave: the ink reaches up to it.
    for x in [28.0, 44, 60, 92] {
      let y = try #require(row.signal.y(at: x * scale))
      #expect(abs(Double(y) - 50 * scale) < 1)
    }
    for x in [32.0, 48, 64] {
      let column = Int(x * scale) - row.path.firstColumn
      let span = try #require(row.path.spans[column])
      #expect(abs(Double(span.lowerBound) - 41 * scale) < 3)
    }
  }

  @Test("ink that two rows claim is given back to both")
  func contested() throws {
    // The S wave of the upper row runs into the R wave of the lower one.
    var page = DrawnInk()
    page.draw(from: 20, to: 150) { x in
      let phase = (x - 8).remainder(dividingBy: 16)
      return 40 + 11 * max(0, 1 - abs(phase) / 0.7)
    }
    page.draw(from: 20, to: 150) { x in
      let phase = (x - 8).remainder(dividingBy: 16)
      return 62 - 12 * max(0, 1 - abs(phase) / 0.7)
    }
    let rows = RowFollower().rows(in: page.map)
    try #require(rows.count == 2)
    for x in rows[0].path.columns.clamped(to: rows[1].path.columns) {
      guard let upper = rows[0].path.spans[x - rows[0].path.firstColumn],
        let lower = rows[1].path.spans[x - rows[1].path.firstColumn]
      else { continue }
      #expect(!upper.overlaps(lower), "column \(x)")
    }
  }

  @Test("a broken row is believed only where names say that there is one")
  func expected() {
    var page = DrawnInk.page(zeros: [25, 50, 75], rise: nil)
    // A third of the last row is gone, in pieces.
    for x in stride(from: 24.0, to: 146, by: 6) { page.erase(from: x, to: x + 2.2, rows: 60...80) }
    #expect(RowFollower().rows(in: page.map).count == 2)
    let names = RowNames(
      millimeters: [20, 45, 70], weights: [1, 1, 1], pitchMillimeters: 25)
    let rows = RowFollower().rows(in: page.map, names: names)
    #expect(rows.count == 3)
    for (row, zero) in zip(rows, [25.0, 50, 75]) {
      #expect(abs(row.row.baselineY / scale - zero) < 1)
    }
  }
}
