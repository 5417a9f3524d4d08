import ECGNumerics

/// Rows that are too broken to be believed by themselves, where names say that there is one.
///
/// A trace without waves that lies on a grid line loses most of its ink when the line is taken
/// out. What is left counts if it begins and ends with the other rows, is not much paler than
/// they are, and stands where the distance of names to traces puts a trace.
struct ExpectedRows {
  let parameters: FollowParameters.ExpectedRows

  init(_ parameters: FollowParameters.ExpectedRows) { self.parameters = parameters }

  /// `rows` and those that `names` want besides.
  func adding(to rows: [PrintedRow], names: RowNames, in map: InkMap) -> [PrintedRow] {
    let s = map.pixelsPerMillimeter
    guard let matched = NamedRows(names, baselines: rows.map { ($0.baselineY + 0.5) / s }),
      let start = rows.map(\.extent.lowerBound).median(),
      let end = rows.map(\.extent.upperBound).median(),
      let darkness = rows.map(\.darkness).median()
    else { return rows }
    let reach = min(
      parameters.mostReach,
      parameters.reachShare * (names.pitchMillimeters ?? parameters.usualPitch))
    let mostEndDistance = parameters.mostEndDistance * s
    var all = rows
    for (k, name) in names.millimeters.enumerated() where matched.printedRows[k] == nil {
      let place = (name + matched.offsetMillimeters) * s - 0.5
      guard
        let row = RowFinder(parameters.rows).row(near: place, reach: reach, in: map),
        Double(abs(row.extent.lowerBound - start)) < mostEndDistance,
        Double(abs(row.extent.upperBound - end)) < mostEndDistance,
        row.darkness > parameters.leastDarkness * darkness,
        all.allSatisfy({ abs($0.baselineY - row.baselineY) > 0.5 * reach * s })
      else { continue }
      all.append(row)
    }
    return all.sorted { $0.baselineY < $1.baselineY }
  }
}
