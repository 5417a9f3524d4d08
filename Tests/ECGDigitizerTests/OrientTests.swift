import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("The search for the page's position")
struct OrientTests {
  private static let upsideDown = PagePosition(quarterTurns: 2, isMirrored: false)
  private static let onEnd = PagePosition(quarterTurns: 3, isMirrored: false)

  private static let flat = RectifiedPage(
    page: Raster(width: 6, height: 4),
    geometry: PageGeometry(
      map: .homography(.identity), pageSize: PixelSize(width: 6, height: 4),
      pixelsPerMillimeterX: 1, pixelsPerMillimeterY: 1),
    scaleEvidence: .assumed, geometryErrorPixels: 0)

  /// Reads a page that is upright in `upright` alone, and remembers which positions were asked.
  private func orient(
    upright: PagePosition, needs: PagePosition = .upright, names: NameEvidence = NameEvidence(),
    held: PagePosition? = nil
  ) throws -> (reading: PageReading, asked: [PagePosition]) {
    var asked: [PagePosition] = []
    let reading = try PageOrienter(held: held).reading(
      of: Self.flat, names: names, contradicts: { _ in false },
      read: { page, _ in
        let position = PagePosition(
          quarterTurns: page.geometry.quarterTurns, isMirrored: page.geometry.isMirrored)
        asked.append(position)
        let isUpright = position == upright
        return PageReading(
          page: page,
          ink: InkMap(
            ink: Plane(width: 1, height: 1, values: [0]), pixelsPerMillimeter: 1, noise: 0),
          leads: LocatedLeads(
            rows: [], layout: isUpright ? try? LeadLayout(named: "3x4") : nil, placements: [],
            positionNeeded: isUpright ? .upright : needs))
      })
    return (reading, asked)
  }

  @Test("names that form a layout are asked first, and believed")
  func names() throws {
    let found = try orient(
      upright: Self.upsideDown, names: NameEvidence(ofLayout: Self.upsideDown))
    #expect(found.asked == [Self.upsideDown])
    #expect(found.reading.findings.map(\.code) == [.pageTurned])
  }

  @Test("a page that lies upright is read once")
  func once() throws {
    let found = try orient(upright: .upright)
    #expect(found.asked == [.upright] && found.reading.findings.isEmpty)
  }

  @Test("the traces tell that it is upside down")
  func byTraces() throws {
    let found = try orient(upright: Self.upsideDown, needs: Self.upsideDown)
    #expect(found.asked == [.upright, Self.upsideDown])
    #expect(found.reading.isUpright)
  }

  @Test("a page on end is turned both ways")
  func onEnd() throws {
    let found = try orient(upright: Self.onEnd)
    #expect(found.asked.first == .upright && found.asked.last == Self.onEnd)
    #expect(found.reading.isUpright)
  }

  @Test("a position that is known is the only one that is read")
  func held() throws {
    let found = try orient(
      upright: .upright, names: NameEvidence(ofLayout: .upright), held: Self.upsideDown)
    #expect(found.asked == [Self.upsideDown])
  }
}
