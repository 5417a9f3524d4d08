package import ECGCore

/// Where a place of the true page lies on the page that the digitizer made: both show the same photo.
package struct PageCorrespondence: Sendable {
  let truth: PageGeometry
  let found: PageGeometry

  package init(truth: PageGeometry, found: PageGeometry) {
    (self.truth, self.found) = (truth, found)
  }

  /// The found page's point that shows what `point` of the true page shows; `nil` far outside.
  package func foundPoint(_ point: Point<PageSpace>) -> Point<PageSpace>? {
    found.pagePoint(truth.photoPoint(point))
  }

  /// The true page's point that shows what `point` of the found page shows; `nil` far outside.
  package func truePoint(_ point: Point<PageSpace>) -> Point<PageSpace>? {
    truth.pagePoint(found.photoPoint(point))
  }
}

/// The rectangle of the true page that holds its traces.
struct TraceArea {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>

  /// The area of `traces`; `nil` if none has a point.
  init?(_ traces: [Trace]) {
    let rows = traces.flatMap { $0.points.compactMap { $0.map { Double($0.y) } } }
    guard let top = rows.min(), let bottom = rows.max(),
      let left = traces.map(\.placement.startX).min(),
      let right = traces.map(\.placement.endX).max(), left < right
    else { return nil }
    x = left...right
    y = top...bottom
  }
}
