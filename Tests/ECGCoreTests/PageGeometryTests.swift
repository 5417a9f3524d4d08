import ECGCore
import Testing

@Suite struct PageGeometryTests {
  /// A bent lattice of 5 × 4 crossings.
  static let bent: PageGeometry = {
    var nodes: [Point<PhotoSpace>] = []
    for j in 0..<4 {
      for i in 0..<5 {
        let (u, v) = (Double(i), Double(j))
        nodes.append(Point(x: 30 + 50 * u + 3 * v * v, y: 20 + 48 * v + 2 * u * u - 0.5 * u * v))
      }
    }
    return PageGeometry(
      map: .lattice(
        PageLattice(columns: 5, rows: 4, spacingMillimeters: 5, nodes: nodes),
        origin: Point(x: 7, y: 4)),
      pageSize: PixelSize(width: 181, height: 140), pixelsPerMillimeterX: 8,
      pixelsPerMillimeterY: 9)
  }()

  static let projective = PageGeometry(
    map: .homography(Homography([1.2, 0.1, 5, -0.05, 1.1, 9, 1e-4, 2e-4, 1])),
    pageSize: PixelSize(width: 100, height: 60), pixelsPerMillimeterX: 8, pixelsPerMillimeterY: 8)

  @Test(arguments: [bent, projective], [0, 1, 2, 3])
  func aTurnedPageShowsTheSamePhotoPoints(geometry: PageGeometry, turns: Int) {
    for mirrored in [false, true] {
      let turned = geometry.turned(quarterTurns: turns, mirrored: mirrored)
      for old in [Point<PageSpace>(x: 0, y: 0), Point(x: 60, y: 31), Point(x: 99, y: 59)] {
        var (x, y, w, h) = (
          old.x, old.y, Double(geometry.pageSize.width), Double(geometry.pageSize.height)
        )
        if mirrored { x = w - 1 - x }
        for _ in 0..<turns {
          (x, y) = (h - 1 - y, x)
          swap(&w, &h)
        }
        #expect(
          turned.photoPoint(Point(x: x, y: y)).distance(to: geometry.photoPoint(old)) < 1e-9)
      }
      #expect(turned.quarterTurns == turns && turned.isMirrored == mirrored)
    }
  }

  @Test func turningBackGivesTheSameGeometry() {
    let turned = Self.bent.turned(quarterTurns: 1, mirrored: true)
    let back = turned.turned(quarterTurns: 1, mirrored: true)
    #expect(back.quarterTurns == 0 && !back.isMirrored)
    let place = Point<PageSpace>(x: 12.5, y: 77)
    #expect(back.photoPoint(place).distance(to: Self.bent.photoPoint(place)) < 1e-9)
  }

  @Test(arguments: [bent, projective])
  func aRowOfPointsIsThePointsOneByOne(geometry: PageGeometry) {
    var x = [Float](repeating: 0, count: geometry.pageSize.width)
    var y = x
    for row in [-3.0, 0, 3, 55.5, 139, 150] {
      geometry.photoPoints(ofPageRow: row, x: &x, y: &y)
      for k in x.indices {
        let point = geometry.photoPoint(Point(x: Double(k), y: row))
        #expect(abs(Double(x[k]) - point.x) < 1e-3 && abs(Double(y[k]) - point.y) < 1e-3)
      }
    }
  }
}
