import ECGImaging
import ECGNumerics

/// Finds calibration pulses at the ends of the rows: rise, flat top, fall.
///
/// A pulse is a plateau between two upright legs that stands near either end of its row; QRS
/// complexes have no plateau. It is looked for along the row's path (``PathPulse``), and where the
/// path leaves it by its ink alone (``InkPulse``). One pulse could be chance: those that stand at
/// the same place and are equally tall in two rows, or in a third of the rows of a page, are
/// believed.
struct PulseFinder {
  let parameters: FollowParameters.Pulses

  init(_ parameters: FollowParameters.Pulses = .init()) { self.parameters = parameters }

  /// The pulse of each of `rows`; `nil` where it has none.
  func pulses(
    of rows: [PrintedRow], on paths: [InkPath], in map: InkMap
  ) -> [CalibrationPulse?] {
    let s = map.pixelsPerMillimeter
    let onPath = PathPulse(parameters)
    let inInk = InkPulse(parameters)
    let found = rows.indices.flatMap { row in
      [true, false].compactMap { isHead -> (row: Int, pulse: CalibrationPulse)? in
        let pulse =
          onPath.pulse(on: paths[row], isHead: isHead, in: map)
          ?? inInk.pulse(zero: rows[row].baselineY, at: rows[row].extent, isHead: isHead, in: map)
        return pulse.map { (row, $0) }
      }
    }
    // Pulses stand above each other; keep the largest group.
    let near = parameters.aligned * s
    let groups = found.map { one in
      found.filter {
        abs($0.pulse.riseX - one.pulse.riseX) < near && abs($0.pulse.fallX - one.pulse.fallX) < near
      }
    }
    var pulses = [CalibrationPulse?](repeating: nil, count: rows.count)
    guard let best = groups.max(by: { $0.count < $1.count }),
      let typical = typicalHeight(of: best.map(\.pulse.height), pixelsPerMillimeter: s)
    else { return pulses }
    let agreeing = best.filter {
      abs($0.pulse.height - typical) < parameters.heightShare * typical + parameters.heightSlack * s
    }
    guard 3 * agreeing.count >= rows.count || agreeing.count >= 2 else { return pulses }
    for (row, pulse) in agreeing.reversed() { pulses[row] = mended(pulse, typical, s) }
    return pulses
  }

  /// All are one millivolt tall. A plateau is sure; beside a foot runs, at times, a line of the
  /// grid that is taken for it.
  private func mended(
    _ pulse: CalibrationPulse, _ typical: Double, _ s: Double
  ) -> CalibrationPulse {
    guard abs(pulse.height - typical) > parameters.mostFootError * s else { return pulse }
    var out = pulse
    out.footY -= pulse.height - typical
    out.height = typical
    return out
  }

  /// The height that most pulses have; a usual one, if one of them has it.
  private func typicalHeight(
    of heights: [Double], pixelsPerMillimeter s: Double
  ) -> Double? {
    guard let median = heights.median() else { return nil }
    func distance(_ height: Double) -> Double {
      parameters.usualHeights.map { abs(height / s - $0) }.min() ?? .infinity
    }
    guard let best = heights.sorted().min(by: { distance($0) < distance($1) }),
      distance(best) < parameters.usualTolerance,
      abs(best - median) < parameters.medianShare * median
    else { return median }
    return best
  }
}

extension Plane {
  /// The row of the centre of the ink of column `x` within `rows`, and how much ink that is.
  func inkCentre<Value: BinaryFloatingPoint>(
    column x: Int, rows: Range<Int>, as _: Value.Type
  ) -> (row: Double, mass: Double) {
    var (mass, moment) = (Value(0), Value(0))
    for y in rows {
      let weight = Value(max(self[x, y], 0))
      mass += weight
      moment += weight * Value(y)
    }
    return (Double(mass > 0 ? moment / mass : 0), Double(mass))
  }
}
