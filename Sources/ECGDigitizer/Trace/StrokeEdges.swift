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
  /// Knot spacing in pixels, and the sub-columns' spacing.
  let spacing: Double
  let subspacing: Double
  /// Per sub-column: the edge, the left knot of the touched segment, the place in it (0…1).
  var top: [Double]
  var topKnot: [Int32]
  var topPlace: [Float]
  var bottom: [Double]
  var bottomKnot: [Int32]
  var bottomPlace: [Float]

  init(count: Int, spacing: Double, subspacing: Double) {
    self.spacing = spacing
    self.subspacing = subspacing
    top = [Double](repeating: 0, count: count)
    bottom = top
    topKnot = [Int32](repeating: 0, count: count)
    bottomKnot = topKnot
    topPlace = [Float](repeating: 0, count: count)
    bottomPlace = topPlace
  }

  /// Finds the edges of the stroke of half width `h` along knots `y` (knot k at k · spacing;
  /// sub-column j at `first + j · subspacing`).
  mutating func update(_ y: [Double], first: Double, halfWidth h: Double) {
    let segments = y.count - 1
    var tilt = [Double](repeating: 0, count: segments)
    for k in 0..<segments {
      let m = (y[k + 1] - y[k]) / spacing
      tilt[k] = h * m / (1 + m * m).squareRoot()
    }
    let h2 = h * h
    for j in top.indices {
      let xi = first + Double(j) * subspacing
      let from = min(max(Int(((xi - h) / spacing).rounded(.down)), 0), segments - 1)
      let to = min(max(Int(((xi + h) / spacing).rounded(.down)), from), segments - 1)
      var least = Double.infinity
      var most = -Double.infinity
      for k in from...to {
        let (left, right) = (Double(k) * spacing, Double(k + 1) * spacing)
        let low = max(left, xi - h)
        let high = min(right, xi + h)
        if low > high { continue }
        let slope = (y[k + 1] - y[k]) / spacing
        let uTop = min(max(xi - tilt[k], low), high)
        let dTop = uTop - xi
        let vTop = y[k] + slope * (uTop - left) - max(h2 - dTop * dTop, 0).squareRoot()
        if vTop < least {
          least = vTop
          topKnot[j] = Int32(k)
          topPlace[j] = Float((uTop - left) / spacing)
        }
        let uBottom = min(max(xi + tilt[k], low), high)
        let dBottom = uBottom - xi
        let vBottom =
          y[k] + slope * (uBottom - left) + max(h2 - dBottom * dBottom, 0).squareRoot()
        if vBottom > most {
          most = vBottom
          bottomKnot[j] = Int32(k)
          bottomPlace[j] = Float((uBottom - left) / spacing)
        }
      }
      // Beyond the ends of the curve there is no ink: an empty interval far away.
      if least.isInfinite {
        least = y[from] + 1e6
        most = least
        topKnot[j] = Int32(from)
        bottomKnot[j] = Int32(from)
      }
      top[j] = least
      bottom[j] = most
    }
  }
}
