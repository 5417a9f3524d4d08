import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("The middle of a bar")
struct BarCentreTests {
  private let rows = [100.0, 200, 300].map {
    PrintedRow(baselineY: $0, extent: 0...79, coverage: 1, darkness: 1)
  }

  /// Bars of 0.6 mm about `centre`, 10 px/mm, their flanks grey.
  private func map(centre: Double, blot: Bool = false) -> InkMap {
    var map = InkMap(ink: Plane(width: 80, height: 400), pixelsPerMillimeter: 10, noise: 0.01)
    for y in 0..<400 {
      for x in 0..<80 {
        let distance = abs(Double(x) - centre)
        map.ink[x, y] = Float(min(max(3.5 - distance, 0), 1))
        if blot, y < 150, x > 42, x < 52 { map.ink[x, y] = 1 }
      }
    }
    return map
  }

  @Test("is found to a hundredth of a pixel", arguments: [39.5, 40, 40.13, 40.9])
  func precise(centre: Double) throws {
    let found = BarCentre(of: 38...42, rows: rows, in: map(centre: centre))
    #expect(abs(try #require(found.x) - centre) < 0.01)
  }

  @Test("is not moved by what touches the bar in one row")
  func touched() throws {
    let found = BarCentre(of: 38...42, rows: rows, in: map(centre: 40.2, blot: true))
    #expect(abs(try #require(found.x) - 40.2) < 0.01)
  }

  @Test("is not known where nothing is")
  func empty() {
    let bare = InkMap(ink: Plane(width: 80, height: 400), pixelsPerMillimeter: 10, noise: 0.01)
    #expect(BarCentre(of: 38...42, rows: rows, in: bare).x == nil)
  }
}
