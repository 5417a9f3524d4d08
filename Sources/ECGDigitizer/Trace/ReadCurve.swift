import ECGCore

/// Where a network says that a row's curve runs: page pixels.
package struct ReadCurve: Sendable {
  /// The page column of element 0 of the arrays below.
  package var firstColumn: Int
  /// The curve's page row in each column.
  package var rows: [Float]
  /// Its standard deviation, in page pixels.
  package var deviations: [Float]
  /// The probability that the curve runs near there, 0…1.
  package var masses: [Float]

  package init(firstColumn: Int, rows: [Float], deviations: [Float], masses: [Float]) {
    self.firstColumn = firstColumn
    (self.rows, self.deviations, self.masses) = (rows, deviations, masses)
  }

  /// The page columns that the curve covers.
  var columns: Range<Int> { firstColumn..<(firstColumn + rows.count) }

  /// The page rows that a pen of half width `halfWidth` covers in column `x` and one beside it.
  func hull(at x: Int, halfWidth: Float) -> ClosedRange<Int> {
    let reach = Int(halfWidth.rounded(.up))
    let near = columns.clamped(to: (x - reach)..<(x + reach + 1))
    var (low, high) = (Float.infinity, -Float.infinity)
    for column in near {
      let y = rows[column - firstColumn]
      low = min(low, y)
      high = max(high, y)
    }
    guard low <= high else { return 0...0 }
    return Int((low - halfWidth).rounded(.down))...Int((high + halfWidth).rounded(.up))
  }

  /// The curve at `x`, linear between columns; its ends are held.
  package func y(at x: Double) -> Double {
    let t = min(max(x - Double(firstColumn), 0), Double(rows.count - 1))
    let k = min(Int(t), max(rows.count - 2, 0))
    let next = min(k + 1, rows.count - 1)
    return Double(rows[k]) + (t - Double(k)) * Double(rows[next] - rows[k])
  }
}

extension RowSignal {
  /// A network's curve as it stands: one point per column, absent where it is unsure.
  init(_ curve: ReadCurve, _ parameters: TraceParameters.Reading) {
    self.init(
      firstX: Double(curve.firstColumn), stepX: 1,
      points: curve.rows.indices.map { k in
        guard curve.masses[k] > parameters.leastMass else { return nil }
        return TracePoint(
          y: curve.rows[k],
          standardDeviation: max(curve.deviations[k], parameters.leastDeviation))
      })
  }
}
