import ECGCore
import ECGImaging

/// Which ink belongs to which row, once curves have been read.
struct CurvePaths {
  /// Darkness from which a pixel counts as ink.
  var threshold = InkLevel.pale
  /// How far ink is grown sideways from the curve.
  var reachMillimeters = 0.6
  /// Half the width of a stroke, before it is measured.
  var halfWidthMillimeters = 0.18
  /// How far a tip may stand out of what was read.
  var tipMillimeters = 10.0

  /// The ink of one row: what is its own about `curve`, and hangs on it.
  func path(_ curve: ReadCurve, own: OwnInk, in map: InkMap) -> InkPath {
    let s = map.pixelsPerMillimeter
    let half = Float(halfWidthMillimeters * s)
    let tip = Int(tipMillimeters * s)
    let hulls = curve.columns.map { curve.hull(at: $0, halfWidth: half) }
    let bare = hulls.enumerated().map { i, hull -> ClosedRange<Int>? in
      let low = max(0, hull.lowerBound - 1)
      let high = min(map.ink.height - 1, hull.upperBound + 1)
      guard low <= high else { return nil }
      let inked = (low...high).filter { map.ink[curve.firstColumn + i, $0] >= threshold }
      guard let first = inked.first, let last = inked.last else { return nil }
      return first...last
    }
    let spans = InkGrowth.spans(
      map.ink, from: bare, firstColumn: curve.firstColumn, rows: 0..<map.ink.height,
      threshold: threshold, reach: Int((reachMillimeters * s).rounded())
    ) { x, y in
      let hull = hulls[min(max(x - curve.firstColumn, 0), hulls.count - 1)]
      return own[x, y] < 0.5 || y < hull.lowerBound - tip || y > hull.upperBound + tip
    }
    return InkPath(
      firstColumn: curve.firstColumn, rows: curve.rows, spans: spans,
      spreads: curve.deviations, isHidden: [Bool](repeating: false, count: curve.rows.count))
  }
}
