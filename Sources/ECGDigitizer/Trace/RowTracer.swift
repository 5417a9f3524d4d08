package import ECGCore
import ECGImaging

/// Turns the ink of each row into one curve, and the curves into the traces of the leads.
package struct RowTracer: Sendable {
  package init() {}

  /// Follows the ink of every row.
  package func paths(of rows: [PrintedRow], in map: InkMap) -> [InkPath] {
    InkFollower().paths(of: rows, in: map)
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
    let hidden = Set(leads.hiddenColumns.flatMap { ($0.lowerBound - 1)...($0.upperBound + 1) })
    return StrokeEstimator(geometryError: geometryError).page(
      paths, centroids: signals, in: map, hidden: hidden)?.signals ?? signals
  }

  /// Cuts the rows' curves into the traces of `leads`; columns behind bars are left out.
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
      var points = Array(signal.points[first...last])
      for (k, _) in points.enumerated() {
        let x = signal.firstX + Double(first + k) * signal.stepX
        if leads.hiddenColumns.contains(where: {
          x > Double($0.lowerBound) - 1.6 && x < Double($0.upperBound) + 1.6
        }) {
          points[k] = nil
        }
      }
      return Trace(
        placement: placement, firstX: signal.firstX + Double(first) * signal.stepX,
        stepX: signal.stepX, points: points)
    }
  }
}
