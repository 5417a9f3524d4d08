import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Where rows begin and end")
struct RowEndsTests {
  private let s = 10.0

  /// Rows of level ink from `start` to `end` millimetres, each with a pulse whose foot runs to
  /// `footEnd`, and specks of a grid every millimetre beyond the end.
  private func rows(
    start: Double, end: Double, footEnd: Double?
  ) -> (rows: [FollowedRow], map: InkMap) {
    var map = InkMap(
      ink: Plane(width: 1500, height: 900), pixelsPerMillimeter: s, noise: 0.01)
    var rows: [FollowedRow] = []
    for zero in [250, 500, 750] {
      func ink(_ from: Double, _ to: Double, _ value: Float = 1) {
        for x in Int(from * s)..<Int(to * s) {
          for y in (zero - 1)...(zero + 1) { map.ink[x, y] = value }
        }
      }
      ink(start, end)
      for mark in stride(from: end + 1, to: end + 8, by: 1) { ink(mark, mark + 0.2, 0.8) }
      if let footEnd { ink(15, footEnd) }
      let columns = 100..<1400
      let path = InkPath(
        firstColumn: columns.lowerBound, rows: columns.map { _ in Float(zero) },
        spans: columns.map { map.ink[$0, zero] > 0.3 ? (zero - 1)...(zero + 1) : nil },
        spreads: columns.map { _ in 0.1 })
      let pulse = footEnd.map { _ in
        CalibrationPulse(
          riseX: 100, fallX: 150, footY: Double(zero), height: 100, isAtHead: true)
      }
      rows.append(
        FollowedRow(
          row: PrintedRow(
            baselineY: Double(zero), extent: columns.lowerBound...columns.upperBound, coverage: 1,
            darkness: 1), path: path, signal: RowSignal(firstX: 100, stepX: 1, points: []),
          pulse: pulse))
    }
    return (rows, map)
  }

  @Test("specks beyond the end are not the trace")
  func specks() throws {
    let (rows, map) = rows(start: 20, end: 120, footEnd: nil)
    for ends in RowEnds.all(rows, in: map) {
      let ends = try #require(ends)
      #expect(abs(ends.startX - 200) < 2 && abs(ends.endX - 1200) < 2)
      #expect(!ends.hasOpenStart)
    }
  }

  @Test("a gap that all rows share behind a foot is where traces begin")
  func gap() throws {
    let (rows, map) = rows(start: 17, end: 120, footEnd: 16.6)
    for ends in RowEnds.all(rows, in: map) {
      let ends = try #require(ends)
      #expect(abs(ends.startX - 170) < 2, "\(ends.startX)")
      #expect(!ends.hasOpenStart)
    }
  }

  @Test("a foot that runs on into the trace leaves the start open")
  func noGap() throws {
    let (rows, map) = rows(start: 17, end: 120, footEnd: 17)
    for ends in RowEnds.all(rows, in: map) { #expect(try #require(ends).hasOpenStart) }
  }
}
