import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation
import Testing

@Suite struct GridRectifierTests {
  /// The greatest and the rms error of lengths on the page, against the paper they show, in mm.
  static func errors(of page: RectifiedPage, showing drawn: DrawnGrid) -> (
    rms: Double, most: Double
  ) {
    var places: [(Double, Double, Point<PageSpace>)] = []
    for y in stride(from: 15.0, through: DrawnGrid.heightMillimeters - 15, by: 20) {
      for x in stride(from: 15.0, through: DrawnGrid.widthMillimeters - 15, by: 20) {
        if let point = page.geometry.pagePoint(drawn.photoPoint(x: x, y: y)) {
          places.append((x, y, point))
        }
      }
    }
    // Only the origin is free: whole cells, and turns by quarters, are not the lattice's matter.
    let isTurned = drawn.turn > 45
    let s = (page.geometry.pixelsPerMillimeterX, page.geometry.pixelsPerMillimeterY)
    let offsets = places.map { x, y, p in
      isTurned ? (p.x / s.0 + y, p.y / s.1 - x) : (p.x / s.0 - x, p.y / s.1 - y)
    }
    let mean = (
      offsets.map(\.0).reduce(0, +) / Double(offsets.count),
      offsets.map(\.1).reduce(0, +) / Double(offsets.count)
    )
    let sizes = offsets.map { hypot($0.0 - mean.0, $0.1 - mean.1) }
    let squares = sizes.reduce(0) { $0 + $1 * $1 } / Double(sizes.count)
    return (squares.squareRoot(), sizes.max() ?? .infinity)
  }

  static func check(_ drawn: DrawnGrid, rms limit: Double = 0.05) throws {
    var findings: [Finding] = []
    let page = try GridRectifier().rectify(drawn.photo, options: .init(), findings: &findings)
    let error = errors(of: page, showing: drawn)
    #expect(error.rms < limit && error.most < 5 * limit, "\(drawn): \(error)")
    #expect(page.scaleEvidence == .grid)
    #expect(!findings.map(\.code).contains(.uncertainGridScale), "\(findings)")
    #expect(!findings.map(\.code).contains(.weakGrid), "\(findings)")
  }

  @Test(arguments: [-40.0, -17, 0, 3, 30, 44, 46])
  func aTurnedPageIsFoundToATwentiethOfAMillimeter(turn: Double) throws {
    try Self.check(DrawnGrid(turn: turn))
  }

  @Test(arguments: DrawnGrid.Lines.allCases, [4.0, 4.5, 7])
  func anyKindOfLinesGivesTheScale(lines: DrawnGrid.Lines, pixelsPerMillimeter: Double) throws {
    try Self.check(DrawnGrid(lines: lines, turn: 2, pixelsPerMillimeter: pixelsPerMillimeter))
  }

  /// At some angles what pixels make of the lines stands out more than the lines themselves.
  @Test(arguments: [(3.5, 17.0), (3.5, 0), (4, 17), (5, 0), (6, 0)])
  func linesThatAreAllAlikeAreFollowedToAFiftiethOfAMillimeter(
    pixelsPerMillimeter: Double, turn: Double
  ) throws {
    try Self.check(
      DrawnGrid(
        lines: .onlyMillimeters, turn: turn, pixelsPerMillimeter: pixelsPerMillimeter), rms: 0.02)
  }

  @Test func seventyDotsPerInchAreEnough() throws {
    try Self.check(DrawnGrid(turn: 1, pixelsPerMillimeter: 2.8), rms: 0.08)
  }

  @Test func fineScansAreReduced() throws {
    try Self.check(DrawnGrid(turn: 1, pixelsPerMillimeter: 14))
  }

  @Test func perspectiveAndPitchDifferentInXAndY() throws {
    try Self.check(DrawnGrid(turn: 8, aspect: 1.08, perspective: 0.25))
  }

  @Test func greyPaper() throws { try Self.check(DrawnGrid(turn: -5, isGrey: true)) }

  @Test func bulgingPaperIsMadeFlat() throws { try Self.check(DrawnGrid(turn: 5, bulge: 4)) }

  @Test func thePageRasterShowsWhatTheGeometrySays() throws {
    let drawn = DrawnGrid(turn: 12)
    var findings: [Finding] = []
    let photo = drawn.photo
    let page = try GridRectifier().rectify(photo, options: .init(), findings: &findings)
    // A flat piece of baseline is dark on the page where the paper has it, and light beside it.
    let at = try #require(page.geometry.pagePoint(drawn.photoPoint(x: 39, y: 34)))
    let s = page.geometry.pixelsPerMillimeterY
    func green(_ x: Double, _ y: Double) -> Int {
      Int(page.page.bytes[3 * (Int(y.rounded()) * page.page.width + Int(x.rounded())) + 1])
    }
    #expect(green(at.x, at.y) < 110)
    #expect(green(at.x, at.y - 1.5 * s) > 140 && green(at.x, at.y + 1.5 * s) > 140)
  }

  @Test func aCropOfMillimeterPaperIsReadWithAFinding() throws {
    let whole = DrawnGrid(lines: .onlyMillimeters, pixelsPerMillimeter: 8).photo
    let (left, top, width, height) = (700, 700, 800, 600)
    var bytes: [UInt8] = []
    for y in top..<(top + height) {
      let start = 3 * (y * whole.width + left)
      bytes += whole.bytes[start..<(start + 3 * width)]
    }
    var findings: [Finding] = []
    let page = try GridRectifier().rectify(
      Raster(width: width, height: height, bytes: bytes), options: .init(), findings: &findings)
    #expect(findings.map(\.code).contains(.uncertainGridScale))
    let across = page.geometry.photoPoint(Point(x: 100, y: 100))
    let further = page.geometry.photoPoint(
      Point(x: 100 + 10 * page.geometry.pixelsPerMillimeterX, y: 100))
    #expect(abs(across.distance(to: further) - 80) < 0.5)
  }

  @Test func whatIsNoECGIsRefused() {
    var noise = SystemlessNoise(state: 3)
    let blank = Raster<PhotoSpace>(width: 900, height: 700, red: 250, green: 250, blue: 248)
    let grain = Raster<PhotoSpace>(
      width: 700, height: 500, bytes: (0..<(3 * 700 * 500)).map { _ in UInt8(230 + noise.next()) })
    let hills = Raster<PhotoSpace>(
      width: 800, height: 600,
      bytes: (0..<(3 * 800 * 600)).map { k in
        let (x, y) = (Double(k / 3 % 800), Double(k / 3 / 800))
        let value = 120 + 70 * sin(x / 150) + 40 * sin(y / 45 + x / 100) + 15 * sin(x / 9)
        return UInt8(max(0, min(255, value + Double(noise.next()))))
      })
    for picture in [blank, grain, hills] {
      var findings: [Finding] = []
      #expect {
        _ = try GridRectifier().rectify(picture, options: .init(), findings: &findings)
      } throws: { ($0 as? PageError)?.code == .noECG }
    }
  }

  @Test func aTraceWithoutGridIsTakenAsItLies() throws {
    var photo = Raster<PhotoSpace>(width: 1000, height: 600)
    for x in 40..<960 {
      let y = 300 - Int(60 * exp(-pow(Double(x % 120 - 60) / 4, 2)))
      for d in -1...1 {
        for c in 0..<3 { photo.bytes[3 * ((y + d) * 1000 + x) + c] = 20 }
      }
      for c in 0..<3 where x % 120 > 45 && x % 120 < 75 {
        for between in min(y, 300)...300 { photo.bytes[3 * (between * 1000 + x) + c] = 20 }
      }
    }
    var options = Digitizer.Options()
    options.photoPixelsPerMillimeter = 4
    var findings: [Finding] = []
    let page = try GridRectifier().rectify(photo, options: options, findings: &findings)
    #expect(page.scaleEvidence == .declared && page.geometry.pixelsPerMillimeterX == 4)
    #expect(findings.map(\.code) == [.noGrid])
    findings = []
    let assumed = try GridRectifier().rectify(photo, options: .init(), findings: &findings)
    #expect(assumed.scaleEvidence == .assumed && findings.map(\.code) == [.noGrid])
  }

  @Test func twoSheetsGiveAFinding() throws {
    let large = DrawnGrid(pixelsPerMillimeter: 5).photo
    let small = DrawnGrid(pixelsPerMillimeter: 4).photo
    let width = max(large.width, small.width)
    let height = large.height + small.height
    var both = Raster<PhotoSpace>(width: width, height: height, red: 90, green: 100, blue: 110)
    for (sheet, top) in [(large, 0), (small, large.height)] {
      for y in 0..<sheet.height {
        let (from, to) = (3 * y * sheet.width, 3 * (top + y) * width)
        both.bytes.replaceSubrange(
          to..<(to + 3 * sheet.width), with: sheet.bytes[from..<(from + 3 * sheet.width)])
      }
    }
    var findings: [Finding] = []
    let page = try GridRectifier().rectify(both, options: .init(), findings: &findings)
    #expect(findings.map(\.code).contains(.twoPages))
    let middle = page.geometry.photoPoint(
      Point(x: Double(page.page.width) / 2, y: Double(page.page.height) / 2))
    #expect(middle.y < Double(large.height))
  }
}
