public import ECGCore

/// Whether leads were found where they are printed, and under their names.
public struct PlacementScore: Sendable, Hashable {
  /// Stretches that are printed, rhythm strips included.
  public var printed: Int
  /// Printed stretches that a found one covers.
  public var found: Int
  /// Of those, how many carry the right lead the right way up.
  public var named: Int
  /// Found stretches where nothing is printed.
  public var extra: Int
  /// Whether the layout has the right name.
  public var isLayoutRight: Bool
  /// The median distance of the zero line, in mm.
  public var baselineMillimeters: Double?
  /// The median distance of the start of a stretch, in mm.
  public var startMillimeters: Double?
  /// The median distance of the end of a stretch, in mm.
  public var endMillimeters: Double?
  /// How far the typical stretch begins to the right of where it is printed, in mm.
  public var startShiftMillimeters: Double?

  /// Compares the placements of both.
  public init(_ result: Digitization, truth: Digitization) {
    let pairs = MatchedTrace.all(result, truth: truth)
    printed = truth.traces.count
    found = pairs.count
    named = pairs.count { $0.isNamed }
    extra = result.traces.count - pairs.count
    isLayoutRight = truth.layout?.name == result.layout?.name
    let scale = result.geometry
    func typical(_ pixels: (MatchedTrace) -> Double, _ pixelsPerMillimeter: Double) -> Double? {
      pairs.isEmpty ? nil : median(pairs.map { abs(pixels($0)) / pixelsPerMillimeter })
    }
    baselineMillimeters = typical(
      { $0.found.placement.baselineY - $0.start.y }, scale.pixelsPerMillimeterY)
    startMillimeters = typical(
      { $0.found.placement.startX - $0.start.x }, scale.pixelsPerMillimeterX)
    startShiftMillimeters =
      pairs.isEmpty
      ? nil
      : median(pairs.map { ($0.found.placement.startX - $0.start.x) }) / scale.pixelsPerMillimeterX
    endMillimeters = typical({ $0.found.placement.endX - $0.end.x }, scale.pixelsPerMillimeterX)
  }
}

/// A printed stretch and the found one that covers it best.
struct MatchedTrace {
  var truth: Trace
  var found: Trace
  /// Where the printed zero line begins and ends on the found page.
  var start: Point<PageSpace>
  var end: Point<PageSpace>

  /// Whether the found stretch has the printed one's lead, the right way up.
  var isNamed: Bool {
    truth.placement.lead == found.placement.lead
      && truth.placement.isInverted == found.placement.isInverted
  }

  /// Each printed stretch with the nearest free found one: their zero lines at most 8 mm apart, and
  /// at least half of either covered by the other.
  static func all(_ result: Digitization, truth: Digitization) -> [MatchedTrace] {
    let map = PageCorrespondence(truth: truth.geometry, found: result.geometry)
    var free = Set(result.traces.indices)
    var pairs: [MatchedTrace] = []
    for printed in truth.traces {
      let p = printed.placement
      guard let start = map.foundPoint(Point(x: p.startX, y: p.baselineY)),
        let end = map.foundPoint(Point(x: p.endX, y: p.baselineY))
      else { continue }
      let reach = 8 * result.geometry.pixelsPerMillimeterY
      let candidates = free.compactMap { k -> (index: Int, distance: Double)? in
        let place = result.traces[k].placement
        let overlap = min(place.endX, end.x) - max(place.startX, start.x)
        let longer = max(place.endX - place.startX, end.x - start.x)
        let distance = abs(place.baselineY - (start.y + end.y) / 2)
        guard overlap >= 0.5 * longer, distance <= reach else { return nil }
        return (k, distance)
      }
      guard let best = candidates.min(by: { ($0.distance, $0.index) < ($1.distance, $1.index) })
      else { continue }
      free.remove(best.index)
      pairs.append(
        MatchedTrace(truth: printed, found: result.traces[best.index], start: start, end: end))
    }
    return pairs
  }
}
