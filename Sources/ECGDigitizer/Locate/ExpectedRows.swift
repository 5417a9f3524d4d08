import ECGCore

/// Rows that are too broken to be believed by themselves, where names say that there is one.
///
/// A trace without waves that lies on a grid line loses most of its ink when the line is taken
/// out. What is left counts if it begins and ends with the other rows, is not much paler than
/// they are, and stands where the distance of names to traces puts a trace.
struct ExpectedRows {
  /// How far the ends of a row may lie from those of the others, in mm.
  var mostEndDistance = 6.0
  /// The least darkness beside that of the others.
  var leastDarkness = 0.6

  /// `rows` and those that `names` want besides.
  func adding(to rows: [PrintedRow], names: LayoutFit, in map: InkMap) -> [PrintedRow] {
    let s = map.pixelsPerMillimeter
    guard !rows.isEmpty,
      let matched = NamedRows(names, baselines: rows.map { ($0.baselineY + 0.5) / s })
    else { return rows }
    let start = rows.map(\.extent.lowerBound).sorted()[rows.count / 2]
    let end = rows.map(\.extent.upperBound).sorted()[rows.count / 2]
    let darkness = rows.map(\.darkness).sorted()[rows.count / 2]
    let reach = min(14, 0.5 * (names.rowPitchMillimeters ?? 28))
    var all = rows
    for (k, name) in names.nameRowsMillimeters.enumerated() where matched.printedRows[k] == nil {
      let place = (name + matched.offsetMillimeters) * s - 0.5
      guard let row = RowFinder.ofExpectedRow.row(near: place, reach: reach, in: map),
        Double(abs(row.extent.lowerBound - start)) < mostEndDistance * s,
        Double(abs(row.extent.upperBound - end)) < mostEndDistance * s,
        row.darkness > leastDarkness * darkness,
        all.allSatisfy({ abs($0.baselineY - row.baselineY) > 0.5 * reach * s })
      else { continue }
      all.append(row)
    }
    return all.sorted { $0.baselineY < $1.baselineY }
  }
}
