import ECGCore
import ECGImaging

/// Which ink belongs to which row, once curves have been read.
struct CurvePaths {
  let parameters: TraceParameters.OwnInk

  /// The ink of one row: what is its own about `curve`, and hangs on it.
  func path(_ curve: ReadCurve, own: OwnInk, in map: InkMap) -> InkPath {
    let s = map.pixelsPerMillimeter
    let half = Float(parameters.halfWidth * s)
    let peak = Int(parameters.tallestPeak * s)
    let hulls = curve.columns.map { curve.hull(at: $0, halfWidth: half) }
    let bare = hulls.enumerated().map { i, hull -> ClosedRange<Int>? in
      let inked = map.ink.rows(hull.lowerBound - 1, through: hull.upperBound + 1)
        .filter { map.ink[curve.firstColumn + i, $0] >= parameters.ink }
      guard let first = inked.first, let last = inked.last else { return nil }
      return first...last
    }
    let spans = InkGrowth.spans(
      map.ink, from: bare, firstColumn: curve.firstColumn, rows: 0..<map.ink.height,
      threshold: parameters.ink, reach: Int((parameters.reach * s).rounded())
    ) { x, y in
      let hull = hulls[min(max(x - curve.firstColumn, 0), hulls.count - 1)]
      return own[x, y] < 0.5 || y < hull.lowerBound - peak
        || y > hull.upperBound + peak
    }
    return InkPath(
      firstColumn: curve.firstColumn, rows: curve.rows, spans: spans,
      spreads: curve.deviations)
  }
}
