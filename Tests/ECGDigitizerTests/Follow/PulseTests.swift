import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Calibration pulses at the ends of rows")
struct PulseTests {
  private let scale = DrawnInk.scale

  private func expect(
    _ row: FollowedRow, zero: Double, rise: Double, tall: Double = 10, isAtHead: Bool = true
  ) throws {
    let pulse = try #require(row.pulse)
    #expect(abs(pulse.riseX / scale - rise) < 0.15)
    #expect(abs(pulse.fallX / scale - rise - 5) < 0.15)
    #expect(abs(pulse.height / scale - tall) < 0.15)
    #expect(abs(pulse.footY / scale - zero) < 0.15)
    #expect(pulse.isAtHead == isAtHead)
  }

  @Test("before the traces, of any usual height", arguments: [5.0, 10, 20])
  func atHead(tall: Double) throws {
    let zeros = [30.0, 60, 90]
    let rows = RowFollower().rows(in: DrawnInk.page(zeros: zeros, tall: tall).map)
    try #require(rows.count == 3)
    for (row, zero) in zip(rows, zeros) { try expect(row, zero: zero, rise: 10, tall: tall) }
  }

  @Test("behind the traces")
  func atTail() throws {
    var page = DrawnInk()
    for zero in [30.0, 60, 90] {
      page.draw(from: 10, to: 140, DrawnInk.beats(zero: zero))
      page.draw(from: 140, to: 152, DrawnInk.pulse(zero: zero, rise: 144))
    }
    let rows = RowFollower().rows(in: page.map)
    try #require(rows.count == 3)
    for (row, zero) in zip(rows, [30.0, 60, 90]) {
      try expect(row, zero: zero, rise: 144, isAtHead: false)
    }
  }

  @Test("touching the row above")
  func touching() throws {
    let zeros = [30.0, 40.2, 50.4, 60.6]
    let rows = RowFollower().rows(in: DrawnInk.page(zeros: zeros, height: 80).map)
    try #require(rows.count == 4)
    // The first stands free; where plateaus lie on the feet above, most are still found.
    try expect(rows[0], zero: 30, rise: 10)
    for (row, zero) in zip(rows, zeros) where row.pulse != nil {
      try expect(row, zero: zero, rise: 10)
    }
  }

  @Test("one on a page of many rows is chance, and beats alone are no pulse")
  func chance() throws {
    var page = DrawnInk.page(zeros: [20, 40, 60, 80], rise: nil)
    #expect(RowFollower().rows(in: page.map).allSatisfy { $0.pulse == nil })
    page.draw(from: 8, to: 20, DrawnInk.pulse(zero: 40, rise: 10))
    let rows = RowFollower().rows(in: page.map)
    try #require(rows.count == 4)
    #expect(rows.allSatisfy { $0.pulse == nil })
  }

  /// Legs that stand on each other, so that the foot is looked for beside them, beyond the page.
  @Test("at the edge of the page nothing is read beyond it", arguments: [true, false])
  func edge(isHead: Bool) throws {
    var page = DrawnInk(width: 160, height: 100)
    let (outer, inner) = isHead ? (0.3, 5.3) : (159.6, 154.6)
    for zero in [40.0, 60, 80] {
      page.draw(from: 6, to: 154, DrawnInk.beats(zero: zero))
      // The inner leg ends at the zero line, the outer one runs down the page.
      page.draw(from: min(outer, inner) - 0.3, to: max(outer, inner) + 0.3) { x in
        abs(x - outer) < abs(x - inner) && abs(x - outer) < 0.2
          ? zero + 8 : abs(x - inner) < 0.2 ? zero : zero - 10
      }
    }
    let rows = RowFollower().rows(in: page.map)
    #expect(rows.count == 3)
  }
}
