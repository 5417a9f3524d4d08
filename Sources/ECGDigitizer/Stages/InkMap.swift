package import ECGCore
package import ECGImaging

/// Ink against everything else on the flat page: the result of the stage Classify.
package struct InkMap: Sendable {
  /// 0 = paper (grid and shadow taken out) … 1 = full ink; grey values are kept for
  /// sub-pixel work. Values may lie slightly outside 0…1.
  package var ink: Plane<PageSpace>
  /// Page pixels per millimetre, the same along time and voltage.
  package var pixelsPerMillimeter: Double
  /// Standard deviation of ``ink`` on bare paper.
  package var noise: Float
  /// The upright 5 mm lines of the printed grid, or `nil` without one.
  package var gridColumns: GridColumns?

  package init(
    ink: Plane<PageSpace>, pixelsPerMillimeter: Double, noise: Float,
    gridColumns: GridColumns? = nil
  ) {
    self.ink = ink
    self.pixelsPerMillimeter = pixelsPerMillimeter
    self.noise = noise
    self.gridColumns = gridColumns
  }

  /// The map with darker ink, for pale traces.
  package func amplified(by factor: Float) -> InkMap {
    var map = self
    for i in map.ink.values.indices { map.ink.values[i] = min(factor * map.ink.values[i], 1.25) }
    map.noise *= factor
    return map
  }
}

/// The stage Classify: where is ink.
package protocol Classifying: Sendable {
  func classify(_ page: RectifiedPage, findings: inout [Finding]) -> InkMap
}
