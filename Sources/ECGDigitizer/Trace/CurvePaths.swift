import ECGCore
import ECGImaging

/// Which ink belongs to which row, once curves have been read.
struct CurvePaths {
  /// Darkness from which a pixel counts as ink.
  var threshold: Float = 0.28
  /// How far ink is grown sideways from the curve.
  var reachMillimeters = 0.6
  /// Half the width of a stroke, before it is measured.
  var halfWidthMillimeters = 0.18

  /// The ink of each row, in the order of `curves`.
  ///
  /// What lies under another row's curve is not grown into.
  func paths(_ curves: [ReadCurve], in map: InkMap, closed: [PixelBox]) -> [InkPath] {
    let s = map.pixelsPerMillimeter
    let half = Float(halfWidthMillimeters * s)
    let tip = Int(2.5 * s)
    return curves.indices.map { k in
      let curve = curves[k]
      let hulls = curve.columns.map { curve.hull(at: $0, halfWidth: half) }
      let bare = hulls.enumerated().map { i, hull -> ClosedRange<Int>? in
        let low = max(0, hull.lowerBound - 1)
        let high = min(map.ink.height - 1, hull.upperBound + 1)
        guard low <= high else { return nil }
        let inked = (low...high).filter { map.ink[curve.firstColumn + i, $0] >= threshold }
        guard let first = inked.first, let last = inked.last else { return nil }
        return first...last
      }
      let others = CurvePaths.others(curves, except: k, halfWidth: half)
      let spans = InkGrowth.spans(
        map.ink, from: bare, firstColumn: curve.firstColumn, rows: 0..<map.ink.height,
        threshold: threshold, reach: Int((reachMillimeters * s).rounded())
      ) { x, y in
        // A tip may stand out of what was read by some millimetres, not more.
        let hull = hulls[min(max(x - curve.firstColumn, 0), hulls.count - 1)]
        if let own = curve.own {
          return own[x, y] < 0.5 || y < hull.lowerBound - 4 * tip || y > hull.upperBound + 4 * tip
        }
        return y < hull.lowerBound - tip || y > hull.upperBound + tip
          || closed.contains { $0.contains(x: x, y: y) }
          || others[x]?.contains { $0.contains(y) } ?? false
      }
      return InkPath(
        firstColumn: curve.firstColumn, rows: curve.rows, spans: spans,
        spreads: curve.deviations, isHidden: [Bool](repeating: false, count: curve.rows.count))
    }
  }

  /// The page rows under the strokes of all curves but one, by page column.
  static func others(
    _ curves: [ReadCurve], except index: Int, halfWidth: Float
  ) -> [Int: [ClosedRange<Int>]] {
    var out: [Int: [ClosedRange<Int>]] = [:]
    for (k, curve) in curves.enumerated() where k != index {
      for x in curve.columns { out[x, default: []].append(curve.hull(at: x, halfWidth: halfWidth)) }
    }
    return out
  }
}
