public import ECGCore
public import ECGImaging

/// How well ink was told from everything else, pixel by pixel of the flat page.
///
/// Ink is what is printed above the grid: traces, pulses, bars and words.
public struct ClassMapScore: Sendable, Hashable {
  /// Pixels that are ink in both.
  public var both: Int
  /// Pixels that were called ink and are none.
  public var invented: Int
  /// Pixels of ink that were not called so.
  public var missed: Int

  /// Intersection over union.
  public var intersectionOverUnion: Double {
    Double(both) / Double(max(1, both + invented + missed))
  }

  /// Dice's coefficient: twice the intersection over the sum of both.
  public var dice: Double { Double(2 * both) / Double(max(1, 2 * both + invented + missed)) }

  /// Compares `ink` (1 is ink) on the found page with `printed`, the true page without its grid.
  ///
  /// A pixel is ink where its value exceeds one half. Only the area of the traces counts.
  public init?(
    _ ink: Plane<PageSpace>, geometry: PageGeometry, printed: Raster<PageSpace>,
    truth: Digitization
  ) {
    guard let area = TraceArea(truth.traces) else { return nil }
    let map = PageCorrespondence(truth: truth.geometry, found: geometry)
    (both, invented, missed) = (0, 0, 0)
    // Every second pixel both ways: a quarter of them all, and of each class.
    for y in stride(from: 0, to: ink.height, by: 2) {
      for x in stride(from: 0, to: ink.width, by: 2) {
        guard let place = map.truePoint(Point(x: Double(x), y: Double(y))),
          area.x.contains(place.x), area.y.contains(place.y)
        else { continue }
        let isFound = ink.values[y * ink.width + x] > 0.5
        switch (isFound, ClassMapScore.darkness(printed, place) > 0.5) {
        case (true, true): both += 1
        case (true, false): invented += 1
        case (false, true): missed += 1
        case (false, false): continue
        }
      }
    }
    guard both + missed > 0 else { return nil }
  }

  /// The darkness 0…1 of a grey page, linear between pixels.
  private static func darkness(_ page: Raster<PageSpace>, _ place: Point<PageSpace>) -> Double {
    let (x, y) = (place.x.rounded(.down), place.y.rounded(.down))
    guard x >= 0, y >= 0, Int(x) + 1 < page.width, Int(y) + 1 < page.height else { return 0 }
    let (u, v) = (place.x - x, place.y - y)
    func dark(_ dx: Int, _ dy: Int) -> Double {
      1 - Double(page.bytes[3 * ((Int(y) + dy) * page.width + Int(x) + dx)]) / 255
    }
    let top = dark(0, 0) + u * (dark(1, 0) - dark(0, 0))
    let bottom = dark(0, 1) + u * (dark(1, 1) - dark(0, 1))
    return top + v * (bottom - top)
  }
}
