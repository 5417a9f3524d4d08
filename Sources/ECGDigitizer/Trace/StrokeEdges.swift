/// The upper and lower edge of the stroke that a curve leaves, on sub-columns of the page.
///
/// The curve is a polyline through knots; the stroke is its dilation by a disc of radius h.
/// As the curve is the graph of a function, the ink on any vertical line is one interval
/// [top, bottom]: the exact envelope of the disc, not a constant thickness.
///
///     top(ξ) = min over |u − ξ| ≤ h of  y(u) − √(h² − (u − ξ)²)
///
/// On a segment of slope m the extremum lies at u − ξ = −h m / √(1 + m²), clamped to the
/// segment; by the envelope theorem the edge moves with the two knots of that segment.
struct StrokeEdges {
  /// One edge on one sub-column.
  struct Edge {
    /// The page row.
    var y = 0.0
    /// The left knot of the segment that the disc touches there.
    var knot: Int32 = 0
    /// The place on that segment, 0…1.
    var place: Float = 0
  }

  /// The upper edge of sub-column j is element 2 j, the lower one element 2 j + 1.
  private(set) var edges: [Edge]
  /// Knot spacing in pixels, and the sub-columns' spacing.
  let spacing: Double
  let subspacing: Double
  private var tilts: [Double] = []

  /// The number of sub-columns.
  var count: Int { edges.count / 2 }

  init(count: Int, spacing: Double, subspacing: Double) {
    self.spacing = spacing
    self.subspacing = subspacing
    edges = [Edge](repeating: Edge(), count: 2 * count)
  }

  /// Finds the edges of the stroke of half width `h` along knots `y` on the sub-columns `ranges`
  /// (knot k at k · spacing; sub-column j at `first + j · subspacing`).
  mutating func update(_ y: [Double], first: Double, halfWidth h: Double, ranges: [Range<Int>]) {
    let segments = y.count - 1
    if tilts.count != segments { tilts = [Double](repeating: 0, count: segments) }
    let (spacing, subspacing, inverse, h2) = (spacing, subspacing, 1 / spacing, h * h)
    y.withUnsafeBufferPointer { y in
      tilts.withUnsafeMutableBufferPointer { tilts in
        edges.withUnsafeMutableBufferPointer { edges in
          for range in ranges {
            let left = first + Double(range.lowerBound) * subspacing - h
            let right = first + Double(range.upperBound) * subspacing + h
            let begin = min(max(Int((left * inverse).rounded(.down)), 0), segments - 1)
            let end = min(max(Int((right * inverse).rounded(.down)), begin), segments - 1)
            for k in begin...end {
              let m = (y[k + 1] - y[k]) * inverse
              tilts[k] = h * m / (1 + m * m).squareRoot()
            }
            for j in range {
              let xi = first + Double(j) * subspacing
              let from = min(max(Int(((xi - h) * inverse).rounded(.down)), 0), segments - 1)
              let to = min(max(Int(((xi + h) * inverse).rounded(.down)), from), segments - 1)
              var (top, bottom) = (Edge(y: .infinity), Edge(y: -.infinity))
              for k in from...to {
                let start = Double(k) * spacing
                let low = max(start, xi - h)
                let high = min(start + spacing, xi + h)
                if low > high { continue }
                let slope = (y[k + 1] - y[k]) * inverse
                let u = min(max(xi - tilts[k], low), high)
                let v = y[k] + slope * (u - start) - max(h2 - (u - xi) * (u - xi), 0).squareRoot()
                if v < top.y {
                  top = Edge(y: v, knot: Int32(k), place: Float((u - start) * inverse))
                }
                let s = min(max(xi + tilts[k], low), high)
                let t = y[k] + slope * (s - start) + max(h2 - (s - xi) * (s - xi), 0).squareRoot()
                if t > bottom.y {
                  bottom = Edge(y: t, knot: Int32(k), place: Float((s - start) * inverse))
                }
              }
              // Beyond the ends of the curve there is no ink: an empty interval far away.
              if top.y.isInfinite {
                top = Edge(y: y[from] + 1e6, knot: Int32(from), place: 0)
                bottom = top
              }
              edges[2 * j] = top
              edges[2 * j + 1] = bottom
            }
          }
        }
      }
    }
  }
}
