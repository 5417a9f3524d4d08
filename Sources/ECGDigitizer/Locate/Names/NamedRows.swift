import ECGCore

/// Which printed row carries which row of the layout that was read.
///
/// Names are set at one and the same height above or below their traces, so one offset
/// explains all rows. A row of names without a trace, and a trace without names, are
/// reported, never filled.
package struct NamedRows: Hashable, Sendable {
  /// For each row of the layout, rhythm strips included, the index of its printed row;
  /// `nil` where names stand with no trace beside them.
  package var printedRows: [Int?]
  /// How far the zero lines lie below their names.
  package var offsetMillimeters: Double

  /// Matches rows.
  ///
  /// - Parameters:
  ///   - names: the heights of the rows of names, from top to bottom, in mm.
  ///   - baselines: the zero lines of the printed rows, from top to bottom, in mm.
  ///   - tolerance: how far a zero line may lie from where its names say, in mm.
  /// - Returns: `nil` if there are no names or no rows.
  package init?(
    names: [Double], baselines: [Double], toleranceMillimeters tolerance: Double = 5
  ) {
    guard !names.isEmpty, !baselines.isEmpty else { return nil }
    let gaps = zip(names, names.dropFirst()).map { $1 - $0 }
    // Beyond half the smallest pitch a name would stand nearer to the next trace.
    let reach = min(0.75 * (gaps.min() ?? 30), 16)
    var best: (score: Double, rows: [Int?], offset: Double)?
    for name in names {
      for baseline in baselines where abs(baseline - name) <= reach {
        let offset = baseline - name
        var (rows, score, last) = ([Int?](), 0.0, -1)
        for place in names {
          let near = baselines.indices.filter { $0 > last }
            .min { abs(baselines[$0] - place - offset) < abs(baselines[$1] - place - offset) }
          guard let near, abs(baselines[near] - place - offset) <= tolerance else {
            rows.append(nil)
            continue
          }
          score += 1 - abs(baselines[near] - place - offset) / (2 * tolerance)
          rows.append(near)
          last = near
        }
        // Of equal matches the one with names nearer to their traces.
        score -= 0.01 * abs(offset)
        if score > best?.score ?? 0 { best = (score, rows, offset) }
      }
    }
    guard let best else { return nil }
    printedRows = best.rows
    offsetMillimeters = best.offset
  }
}

extension LayoutFit {
  /// The heights of all rows of names, rhythm strips included.
  package var nameRowsMillimeters: [Double] {
    rowYMillimeters + rhythm.map(\.yMillimeters)
  }
}
