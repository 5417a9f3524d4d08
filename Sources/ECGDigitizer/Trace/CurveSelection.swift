import ECGCore
import ECGImaging

/// Chooses, stretch by stretch, between the curves that a network read and those that follow ink.
///
/// Both are right nearly everywhere; where they differ, the page itself tells: a wrong curve runs
/// over bare paper, or leaves ink that no row's curve explains. Stretches are settled one row at a
/// time, the other rows as they stand; of equals the network's is kept.
package struct CurveSelection {
  /// What is known of one row.
  package struct Reading {
    package var curve: ReadCurve
    package var path: InkPath

    package init(curve: ReadCurve, path: InkPath) {
      (self.curve, self.path) = (curve, path)
    }
  }

  let parameters: TraceParameters.Selection

  package init(_ parameters: TraceParameters.Selection = TraceParameters().selection) {
    self.parameters = parameters
  }

  /// The better reading of each row in each stretch.
  ///
  /// - Parameters:
  ///   - learned: what the network read, with the ink that goes with it.
  ///   - followed: the same rows by ink following.
  ///   - hidden: page rows that say nothing, by column.
  ///   - borders: for each row the page columns near which leads change: there ink following is
  ///     believed where the page does not decide.
  package func chosen(
    _ learned: [Reading], _ followed: [Reading], in map: InkMap, hidden: [Int: [ClosedRange<Int>]],
    borders: [[Int]] = []
  ) -> [Reading] {
    var current = learned
    let s = map.pixelsPerMillimeter
    for _ in 0..<2 {
      var isChanged = false
      for row in current.indices {
        for stretch in stretches(current[row], followed[row], s) {
          let before = misfit(current, stretch, map, hidden)
          let near = Int(parameters.border * s)
          let isAtBorder =
            !borders.isEmpty
            && borders[row].contains {
              stretch.overlaps(($0 - near)...($0 + near))
            }
          guard isAtBorder || before > parameters.leastGain else { continue }
          var other = current
          other[row].take(followed[row], in: stretch)
          let after = misfit(other, stretch, map, hidden)
          let needed =
            isAtBorder ? 0 : parameters.leastGain + Int(parameters.gainShare * Double(before))
          if after + needed < before || isAtBorder && after == before {
            current = other
            isChanged = true
          }
        }
      }
      if !isChanged { break }
    }
    return current
  }

  /// The columns where two readings of a row differ, a little wider than they are.
  private func stretches(_ a: Reading, _ b: Reading, _ s: Double) -> [ClosedRange<Int>] {
    let near = Float(parameters.likeness * s)
    let (join, wide) = (Int(parameters.join * s), parameters.wider)
    var out: [ClosedRange<Int>] = []
    let columns = a.curve.columns.clamped(to: b.curve.columns)
    for x in columns {
      let (i, j) = (x - a.curve.firstColumn, x - b.curve.firstColumn)
      let isAlike =
        abs(a.curve.rows[i] - b.curve.rows[j]) < near
        && (a.path.spans[i] == nil) == (b.path.spans[j] == nil)
      if isAlike { continue }
      if let last = out.last, x - last.upperBound <= join + wide {
        out[out.count - 1] = last.lowerBound...min(x + wide, columns.upperBound - 1)
      } else {
        out.append(max(x - wide, columns.lowerBound)...min(x + wide, columns.upperBound - 1))
      }
    }
    return out
  }

  /// Ink that no row explains and bare paper under curves, in half pixels; ink that two rows
  /// claim is half as bad.
  private func misfit(
    _ rows: [Reading], _ columns: ClosedRange<Int>, _ map: InkMap,
    _ hidden: [Int: [ClosedRange<Int>]]
  ) -> Int {
    var sum = 0
    let (ink, reach) = (map.ink, Int(parameters.reach * map.pixelsPerMillimeter))
    let half = Float(parameters.halfWidth * map.pixelsPerMillimeter)
    for x in columns {
      let masks = hidden[x] ?? []
      var spans: [ClosedRange<Int>] = []
      for row in rows where row.path.columns.contains(x) {
        let i = x - row.path.firstColumn
        if let span = row.path.spans[i] { spans.append(span) }
        let hull = row.curve.hull(at: x, halfWidth: half).clamped(to: 0...(ink.height - 1))
        // A stroke is as tall as it is steep; what a curve claims must be there.
        for y in hull
        where ink[x, y] < parameters.bare && !masks.contains(where: { $0.contains(y) }) {
          sum += 2
        }
      }
      guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max()
      else { continue }
      for y in max(0, first - reach)...min(ink.height - 1, last + reach)
      where ink[x, y] >= parameters.ink && !masks.contains(where: { $0.contains(y) }) {
        let claims = spans.reduce(0) { $0 + ($1.contains(y) ? 1 : 0) }
        sum += claims == 0 ? 2 : claims - 1
      }
    }
    return sum
  }
}

extension CurveSelection.Reading {
  /// Takes over another reading of the same row in some columns.
  mutating func take(_ other: CurveSelection.Reading, in columns: ClosedRange<Int>) {
    for x in columns {
      let (i, j) = (x - curve.firstColumn, x - other.curve.firstColumn)
      curve.rows[i] = other.curve.rows[j]
      curve.deviations[i] = other.curve.deviations[j]
      curve.masses[i] = other.curve.masses[j]
      path.spans[i] = other.path.spans[j]
      path.rows[i] = other.path.rows[j]
      path.spreads[i] = other.path.spreads[j]
    }
  }

  /// A reading by ink following: the curve is the ink's centre.
  init(path: InkPath, signal: RowSignal, _ parameters: TraceParameters.Selection) {
    self.path = path
    let rows = path.rows.indices.map { signal.points[$0]?.y ?? path.rows[$0] }
    let deviations = path.rows.indices.map { k -> Float in
      // A centroid knows a tall stroke's place within its height only.
      let extent = Float(path.spans[k]?.count ?? 4)
      return max(path.spreads[k], parameters.extentShare * extent)
    }
    curve = ReadCurve(
      firstColumn: path.firstColumn, rows: rows, deviations: deviations,
      masses: path.spans.map { $0 == nil ? parameters.massOffInk : parameters.massOnInk })
  }
}
