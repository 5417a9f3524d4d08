import ECGCore
import ECGDigitizer
import Testing

@Suite("Where time begins")
struct TimeFrameTests {
  /// Four columns of ten seconds at 25 mm/s, begun at 200 px, 10 px/mm.
  private func frame(
    starts: [Double], ends: [Double], bars: [Double?] = [nil, nil, nil], open: Bool = false,
    names: Double? = nil, pageEnd: Double = 2900, grid: GridColumns? = nil
  ) throws -> TimeFrame {
    let rows = zip(starts, ends).map { RowEnds(startX: $0, endX: $1, hasOpenStart: open) }
    let extent = try #require(TimeExtent(rows, pixelsPerMillimeter: 10))
    return TimeFrame(
      extent,
      TimeFrame.Evidence(
        ends: rows, bars: bars, pulseEdge: open ? starts.first : nil, columns: bars.count + 1,
        namedWidth: names, page: 0...pageEnd, roundLength: 2500, pixelsPerMillimeter: 10,
        gridColumns: grid))
  }

  @Test("rows that begin and end together are taken at their word")
  func plain() throws {
    let found = try frame(starts: [200, 200, 200], ends: [2700, 2700, 2700])
    #expect(abs(found.startX - 200) < 1 && abs(found.width - 625) < 1e-9)
    #expect(!found.isDoubtful)
  }

  @Test("behind a pulse's foot, where the rows' common end less ten seconds says")
  func foot() throws {
    let found = try frame(starts: [185, 185, 185], ends: [2700, 2700, 2700], open: true)
    #expect(abs(found.startX - 200) < 1)
    #expect(!found.isDoubtful)
  }

  @Test("one row with a blot before it moves nothing")
  func blot() throws {
    let found = try frame(starts: [200, 160, 200], ends: [2700, 2700, 2731])
    #expect(abs(found.startX - 200) < 1)
  }

  @Test("bars at the right distances outweigh ends; one bar alone does not")
  func bars() throws {
    let three = try frame(
      starts: [215, 215, 215], ends: [2700, 2700, 2700], bars: [825, 1450, 2075], open: true)
    #expect(abs(three.startX - 200) < 0.5)
    let one = try frame(
      starts: [200, 200, 200], ends: [2700, 2700, 2700], bars: [865, nil, nil])
    #expect(abs(one.startX - 200) < 1)
  }

  @Test("bars on whole pixels of the printing program give way to the grid's line")
  func grid() throws {
    // Pixels of 0.127 mm: traces begin half of one before the line at 200.
    let lines = GridColumns(originX: 0, pitch: 50, printPixel: 1.27)
    func start(_ bars: [Double?]) throws -> Double {
      try frame(
        starts: [200, 200, 200], ends: [2700, 2700, 2700], bars: bars, grid: lines
      ).startX
    }
    #expect(abs(try start([824.07, 1448.92, 2073.77]) - 199.365) < 1e-9)
    // Where the grid shows no pixels, bars stand where they were meant to.
    let smooth = try frame(
      starts: [200, 200, 200], ends: [2700, 2700, 2700], bars: [824.07, 1448.92, 2073.77],
      grid: GridColumns(originX: 0, pitch: 50, areOnPixels: false))
    #expect(abs(smooth.startX - 198.92) < 1e-9)
    // Half a millimetre from the line it says nothing.
    #expect(abs(try start([829, 1454.3, 2079.3]) - 204.2) < 1e-9)
  }

  @Test("columns of 2.46 s are as wide as their bars say")
  func narrow() throws {
    let found = try frame(
      starts: [209, 209, 209], ends: [2690, 2690, 2690], bars: [829, 1449, 2069])
    #expect(abs(found.width - 620) < 1 && abs(found.startX - 209) < 1)
  }

  @Test("starts and ends that contradict each other leave a doubt")
  func contradiction() throws {
    // Ten seconds from the start end 40 px before the end; nothing says which is wrong.
    let found = try frame(starts: [160, 160, 160], ends: [2700, 2700, 2700])
    #expect(found.isDoubtful)
  }

  @Test("rows that end where the picture does say little")
  func cropped() throws {
    let found = try frame(
      starts: [200, 200, 200], ends: [2590, 2590, 2590], names: 625, pageEnd: 2600)
    #expect(abs(found.width - 625) < 20)
  }

  @Test(
    "5, 10 and 20 seconds are usual lengths",
    arguments: [(1260.0, 1250.0), (2480, 2500), (4900, 5000)])
  func usual(length: Double, round: Double) throws {
    let extent = try #require(
      TimeExtent([RowEnds(startX: 100, endX: 100 + length)], pixelsPerMillimeter: 10))
    #expect(extent.roundLength(second: 250) == round)
  }
}
