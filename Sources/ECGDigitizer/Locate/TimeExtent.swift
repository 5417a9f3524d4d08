import ECGCore

/// Where time begins and ends on the page, pulses left out.
struct TimeExtent: Equatable {
  /// The page column where the first column's trace begins.
  var startX: Double
  /// The page column where the last column's trace ends.
  var endX: Double

  /// Reads the extent from the rows: the median start and end of their traces.
  ///
  /// - Returns: `nil` if no row holds a trace.
  init?(_ rows: [FollowedRow], pixelsPerMillimeter s: Double) {
    let typical = TimeExtent.typical(rows.compactMap(\.pulse))
    var starts: [Double] = []
    var ends: [Double] = []
    for row in rows {
      guard let present = row.signal.presentX else { continue }
      let middle = (present.lowerBound + present.upperBound) / 2
      var (start, end) = (present.lowerBound, present.upperBound)
      if let pulse = row.pulse ?? typical {
        if pulse.fallX < middle {
          start = TimeExtent.afterGap(pulse.fallX, step: 1, path: row.path, s: s)
        } else {
          end = TimeExtent.afterGap(pulse.riseX, step: -1, path: row.path, s: s)
        }
      }
      starts.append(start)
      ends.append(end)
    }
    guard !starts.isEmpty else { return nil }
    // Grid lines can only lengthen a row: the inner third is believed.
    startX = starts.sorted()[2 * starts.count / 3]
    endX = ends.sorted()[ends.count / 3]
    guard endX - startX > 10 * s else { return nil }
  }

  /// This extent and, where it is about ten seconds long, those of exactly ten seconds that
  /// share its start or its end: grid lines lengthen a row, and cropped rows are short.
  ///
  /// - Parameter named: the length that the distance of names between columns gives, where there
  ///   are names; it is known to some millimetres only.
  func alternatives(tenSeconds: Double, named: Double? = nil) -> [TimeExtent] {
    let length = endX - startX
    var other = tenSeconds
    if let named, abs(named / tenSeconds - 1) > 0.05 {
      guard abs(length / named - 1) > 0.08 else { return [self] }
      other = named
    } else if named == nil, abs(length / tenSeconds - 1) >= 0.1 {
      return [self]
    }
    var (fromStart, fromEnd) = (self, self)
    fromStart.endX = startX + other
    fromEnd.startX = endX - other
    return [self, fromStart, fromEnd]
  }

  /// A pulse that stands above the others stands for rows where none was seen.
  private static func typical(_ pulses: [CalibrationPulse]) -> CalibrationPulse? {
    pulses.count >= 2 ? pulses[pulses.count / 2] : nil
  }

  /// The pulse's edge, or, where the pulse's foot ends in a gap, the trace beyond the gap.
  private static func afterGap(
    _ edge: Double, step: Int, path: InkPath, s: Double
  ) -> Double {
    let reach = Int(7 * s)
    var i = Int(edge.rounded()) - path.firstColumn
    var gap = 0
    for _ in 0..<reach {
      i += step
      guard path.spans.indices.contains(i) else { return edge }
      if path.spans[i] == nil {
        gap += 1
      } else if Double(gap) >= 0.7 * s {
        return Double(path.firstColumn + i)
      } else {
        gap = 0
      }
    }
    return edge
  }
}
