import ECGImaging

/// The middle of an upright bar to a hundredth of a millimetre, by the grey of its flanks.
///
/// Above and below the zero line of each row the bar is a piece of its own; what a trace or a
/// name touches is left out, and the pieces' median is taken.
package struct BarCentre {
  /// The middle, in page columns; `nil` if every piece is touched.
  package let x: Double?

  /// - Parameters:
  ///   - columns: the page columns the bar darkens.
  ///   - zone: where the bar runs above the zero line, in millimetres; below it alike.
  package init(
    of columns: ClosedRange<Int>, rows: [PrintedRow], in map: InkMap,
    zone: ClosedRange<Double> = 1.0...3.2
  ) {
    let s = map.pixelsPerMillimeter
    let margin = max(2, Int((0.5 * s).rounded()))
    let low = max(0, columns.lowerBound - margin)
    let high = min(map.ink.width - 1, columns.upperBound + margin)
    guard low < high else {
      x = nil
      return
    }
    var middles: [Double] = []
    for row in rows {
      for side in [-1.0, 1.0] {
        let ends = [zone.lowerBound, zone.upperBound].map { row.baselineY + side * $0 * s }.sorted()
        let lines = max(0, Int(ends[0]))...min(map.ink.height - 1, max(0, Int(ends[1])))
        let profile = (low...high).map { x in
          lines.reduce(0.0) { $0 + Double(min(max(map.ink[x, $1], 0), 1)) } / Double(lines.count)
        }
        if let middle = BarCentre.middle(of: profile) { middles.append(Double(low) + middle) }
      }
    }
    middles.sort()
    let count = middles.count
    x = count > 0 ? (middles[(count - 1) / 2] + middles[count / 2]) / 2 : nil
  }

  /// The centre of a dark stroke's profile; `nil` unless it is bright on both sides.
  static func middle(of profile: [Double]) -> Double? {
    guard profile.count > 4, let peak = profile.max(), peak > 0.5 else { return nil }
    let left = (profile[0] + profile[1]) / 2
    let right = (profile[profile.count - 1] + profile[profile.count - 2]) / 2
    guard max(left, right) < 0.2 * peak else { return nil }
    var (mass, moment) = (0.0, 0.0)
    let paper = min(left, right)
    for (k, value) in profile.enumerated() where value > paper {
      mass += value - paper
      moment += (value - paper) * Double(k)
    }
    return moment / mass
  }
}
