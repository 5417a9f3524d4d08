package import ECGCore

/// Where columns start, from names, separators and the start of the traces.
///
/// Names stand at one and the same distance from the start of their column. Separators are
/// printed at the start itself; where some were seen they give that distance, and every
/// column takes its own separator where it has one.
package struct ColumnStarts: Hashable, Sendable {
  /// Millimetres from the left, one per column.
  package var millimeters: [Double]
  /// Which of them rest on a separator of their own.
  package var hasSeparator: [Bool]

  /// - Parameters:
  ///   - fit: where the names are.
  ///   - marks: everything that was read, separators among it.
  ///   - firstStart: where the traces start, if that is known, in mm.
  package init(fit: LayoutFit, marks: [PrintedMark], firstStartMillimeters firstStart: Double?) {
    let names = fit.columnXMillimeters
    let top = (fit.rowYMillimeters.first ?? 0) - 20
    let bottom = (fit.rowYMillimeters.last ?? 0) + 20
    let separators = marks.filter {
      $0.kind == .separator && $0.score > 0.25 && (top...bottom).contains($0.yMillimeters)
    }
    // The distance from separator to name on which most separators agree.
    let distances = separators.compactMap { mark -> (distance: Double, score: Double)? in
      guard
        let nearest = names.min(by: {
          abs($0 - mark.xMillimeters) < abs($1 - mark.xMillimeters)
        })
      else { return nil }
      let distance = nearest - mark.xMillimeters
      return abs(distance) < 14 ? (distance, mark.score) : nil
    }
    func support(_ distance: Double) -> Double {
      distances.filter { abs($0.distance - distance) < 1 }.reduce(0) { $0 + $1.score }
    }
    let best = distances.map(\.distance).max { support($0) < support($1) }
    var distance = best.map { centre in
      let near = distances.filter { abs($0.distance - centre) < 1 }
      let weight = near.reduce(0) { $0 + $1.score }
      return near.reduce(0) { $0 + $1.distance * $1.score } / weight
    }
    if let found = best, support(found) < 0.8 { distance = nil }
    if distance == nil, let firstStart, let first = names.first { distance = first - firstStart }

    let shift = distance ?? 0
    var starts: [Double] = []
    var own: [Bool] = []
    for name in names {
      let near = separators.filter { abs(name - shift - $0.xMillimeters) < 1.5 }
      let weight = near.reduce(0) { $0 + $1.score }
      if weight > 0.5 {
        starts.append(near.reduce(0) { $0 + $1.xMillimeters * $1.score } / weight)
        own.append(true)
      } else {
        starts.append(name - shift)
        own.append(false)
      }
    }
    millimeters = starts
    hasSeparator = own
  }
}
