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
  ///   - weights: how sure each row of names is, at most 1; all are sure if not given.
  ///   - baselines: the zero lines of the printed rows, from top to bottom, in mm. A zero line
  ///     is where most of a row's ink is, which may be millimetres off.
  /// - Returns: `nil` if there are no names, no rows, or no row near any name.
  package init?(names: [Double], weights: [Double]? = nil, baselines: [Double]) {
    guard !names.isEmpty, !baselines.isEmpty else { return nil }
    let weights = weights ?? [Double](repeating: 1, count: names.count)
    // What was taken for a strip's name may stand anywhere.
    let sure = names.indices.filter { weights[$0] == 1 }.map { names[$0] }
    let spaced = sure.count > 1 ? sure : names
    let pitch = zip(spaced, spaced.dropFirst()).map { $1 - $0 }.min() ?? 30
    // Beyond half the smallest pitch a name would stand nearer to the next trace.
    let reach = min(0.75 * pitch, 16)
    let tolerance = min(max(5, 0.45 * pitch), 12)
    var best: (score: Double, rows: [Int?], offset: Double)?
    for name in names {
      for baseline in baselines where abs(baseline - name) <= reach {
        let offset = baseline - name
        let match = NamedRows.aligned(
          names.map { $0 + offset }, baselines, tolerance, weights)
        // Of equal matches the one with names nearer to their traces, or rather above them.
        let score = match.score - (offset < 0 ? 0.02 : 0.01) * abs(offset)
        if score > best?.score ?? 0 { best = (score, match.rows, offset) }
      }
    }
    guard let best else { return nil }
    printedRows = best.rows
    offsetMillimeters = best.offset
  }

  /// The pairing of places and lines, in order, with the least distances in all.
  private static func aligned(
    _ places: [Double], _ lines: [Double], _ tolerance: Double, _ weights: [Double]
  ) -> (score: Double, rows: [Int?]) {
    // best[i][j]: what the first i places and j lines are worth together.
    var best = [[Double]](
      repeating: [Double](repeating: 0, count: lines.count + 1), count: places.count + 1)
    func worth(_ i: Int, _ j: Int) -> Double? {
      let d = abs(places[i] - lines[j])
      return d < tolerance ? weights[i] * (1 - d / tolerance) : nil
    }
    for i in places.indices {
      for j in lines.indices {
        let paired = worth(i, j).map { best[i][j] + $0 } ?? 0
        best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], paired)
      }
    }
    var rows = [Int?](repeating: nil, count: places.count)
    var (i, j) = (places.count, lines.count)
    while i > 0 && j > 0 {
      if best[i][j] == best[i - 1][j] {
        i -= 1
      } else if best[i][j] == best[i][j - 1] {
        j -= 1
      } else {
        rows[i - 1] = j - 1
        i -= 1
        j -= 1
      }
    }
    return (best[places.count][lines.count], rows)
  }
}

extension NamedRows {
  /// Matches `names` with rows whose zero lines lie at `baselines`, in mm.
  package init?(_ names: RowNames, baselines: [Double]) {
    self.init(names: names.millimeters, weights: names.weights, baselines: baselines)
  }
}
