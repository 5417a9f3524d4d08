package import ECGCore
import ECGImaging

/// Turns the ink of each row into one curve, and the curves into the traces of the leads.
package struct RowTracer: Sendable {
  package init() {}

  /// Follows the ink of every row.
  package func paths(of rows: [PrintedRow], in map: InkMap) -> [InkPath] {
    InkFollower().paths(of: rows, in: map)
  }

  /// Follows the ink of the rows that are traces again, knowing where names are printed:
  /// those that stand free are no ink at all, those that touch a trace are not grown into.
  package func paths(
    of leads: LocatedLeads, in map: InkMap
  ) -> (clean: InkMap, paths: [InkPath]) {
    var clean = map
    for pixel in leads.namePixels {
      let (x, y) = (Int(pixel) % map.ink.width, Int(pixel) / map.ink.width)
      for v in max(0, y - 1)...min(map.ink.height - 1, y + 1) {
        for u in max(0, x - 1)...min(map.ink.width - 1, x + 1) { clean.ink[u, v] = 0 }
      }
    }
    let rows = leads.rows.map(\.row)
    return (clean, InkFollower().paths(of: rows, in: clean, closed: leads.coveredNames))
  }

  /// The curve of every row, from its ink.
  package func signals(_ paths: [InkPath], in map: InkMap) -> [RowSignal] {
    paths.map { path in
      RowSignal(
        firstX: Double(path.firstColumn), stepX: 1,
        points: CentroidEstimator().points(path, in: map))
    }
  }

  /// Fits the stroke of every row to its pixels, started at the centroids `signals`.
  ///
  /// Rows where the fit fails, or pages whose stroke cannot be read, keep their centroids.
  package func refined(
    _ signals: [RowSignal], paths: [InkPath], leads: LocatedLeads, in map: InkMap,
    geometryError: Double
  ) -> [RowSignal] {
    let masks = paths.map { InkMasks(leads, path: $0) }
    return StrokeEstimator(geometryError: geometryError).page(
      paths, centroids: signals, in: map, masks: masks)?.signals ?? signals
  }

  /// Cuts the rows' curves into the traces of `leads`; points behind bars are absent already.
  package func traces(
    of leads: LocatedLeads, from signals: [RowSignal], in map: InkMap, findings: inout [Finding]
  ) -> [Trace] {
    leads.placements.map { placement in
      let signal = signals[placement.row]
      let first = max(0, Int(((placement.startX - signal.firstX) / signal.stepX).rounded(.down)))
      let last = min(
        signal.points.count - 1,
        Int(((placement.endX - signal.firstX) / signal.stepX).rounded(.up)))
      guard first <= last else {
        return Trace(placement: placement, firstX: placement.startX, stepX: 1, points: [])
      }
      let points = Array(signal.points[first...last])
      return Trace(
        placement: placement, firstX: signal.firstX + Double(first) * signal.stepX,
        stepX: signal.stepX, points: points)
    }
  }
}
