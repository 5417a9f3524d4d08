/// How each edge of a stroke rises over the rows about it: computed once for all the pixel columns
/// that see the edge.
///
/// Owns its memory: ``deallocate()`` gives it back.
struct StrokeZones {
  /// One edge on one sub-column.
  struct Zone {
    /// The first row about the edge, and how many there are; below those all is covered.
    var row: Int32 = .max / 2
    var count: Int32 = 0
    /// The left knot of the segment that the disc touches there.
    var knot: Int32 = 0
    /// The place on that segment, 0…1.
    var place: Float = 0
  }

  /// As ``StrokeEdges/edges``: upper and lower edge of each sub-column.
  let zones: UnsafeMutablePointer<Zone>
  /// ``most`` values for each edge: how far each row is covered, 0…1.
  let rises: UnsafeMutablePointer<Float>
  /// ``most`` values for each edge: how that changes with the edge.
  let slopes: UnsafeMutablePointer<Float>
  /// The most rows of a zone.
  let most: Int
  /// The number of sub-columns.
  let count: Int

  /// The zones of `edges` on the sub-columns `ranges`; others stay empty.
  ///
  /// - Parameter rowStep: page rows from one row to the next.
  init(_ edges: StrokeEdges, ranges: [Range<Int>], profile: EdgeProfile, rowStep: Int) {
    count = edges.count
    let most = Int(2 * profile.reach) / rowStep + 2
    self.most = most
    zones = .allocate(capacity: 2 * count)
    zones.initialize(repeating: Zone(), count: 2 * count)
    rises = .allocate(capacity: 2 * count * most)
    slopes = .allocate(capacity: 2 * count * most)
    let (reach, steps, zones, rises, slopes) = (
      profile.reach, profile.stepsPerPixel, zones, rises, slopes
    )
    let spacing = Double(rowStep)
    edges.edges.withUnsafeBufferPointer { edges in
      profile.withTables { rise, slope in
        for range in ranges {
          for e in (2 * range.lowerBound)..<(2 * range.upperBound) {
            let edge = edges[e]
            // Beyond the ends of a curve edges lie far away, and cover nothing.
            guard abs(edge.y) < 1e5 else { continue }
            let first = Int(((edge.y - reach) / spacing).rounded(.up))
            let last = Int(((edge.y + reach) / spacing).rounded(.down))
            zones[e] = Zone(
              row: Int32(truncatingIfNeeded: first),
              count: Int32(truncatingIfNeeded: last &- first &+ 1), knot: edge.knot,
              place: edge.place)
            // The next row lies whole pixels further: a whole number of table steps.
            let position = (Double(first) * spacing - edge.y + reach) * Double(steps)
            var k = Int(position)
            let f = Float(position - Double(k))
            let (up, along) = (rises + e &* most, slopes + e &* most)
            for i in 0..<min(last &- first &+ 1, most) {
              up[i] = rise[k] + f * (rise[k &+ 1] - rise[k])
              along[i] = slope[k] + f * (slope[k &+ 1] - slope[k])
              k = k &+ steps &* rowStep
            }
          }
        }
      }
    }
  }

  func deallocate() {
    zones.deallocate()
    rises.deallocate()
    slopes.deallocate()
  }
}
