import ECGCore

extension LeadLocator {
  /// Names the stretches of `rows` as they were read, where no known layout explains the names.
  ///
  /// What lies before the first name of a row, and rows and columns without one, stay unnamed.
  ///
  /// - Returns: `nil` if no name has a trace beside it.
  func leads(
    _ rows: [FollowedRow], in map: InkMap, free: FreeNames, millimetersPerSecond speed: Double,
    findings: inout [Finding]
  ) -> LocatedLeads? {
    let s = map.pixelsPerMillimeter
    guard
      let matched = NamedRows(
        names: free.rowYMillimeters, baselines: rows.map { ($0.row.baselineY + 0.5) / s }),
      let extent = TimeExtent(RowEnds.all(rows, in: map), pixelsPerMillimeter: s)
    else { return nil }
    let isAtHead = (free.columnXMillimeters.first ?? 0) * s - extent.startX < 15 * s
    let starts = ColumnStarts(
      fit: free.lines, marks: free.marks,
      firstStartMillimeters: isAtHead ? (extent.startX + 0.5) / s : nil
    ).millimeters.map { min(max($0 * s - 0.5, extent.startX), extent.endX) }
    var placements: [LeadPlacement] = []
    for row in rows.indices {
      func add(_ lead: FreeNames.Name?, _ column: Int, _ from: Double, _ to: Double) {
        guard to - from > 5 * s else { return }
        placements.append(
          LeadPlacement(
            lead: lead?.lead, isInverted: lead?.lead != nil && lead?.mark.kind == .invertedAVR,
            row: row, column: column, startX: from, endX: to,
            baselineY: rows[row].row.baselineY, startSeconds: (from - extent.startX) / s / speed))
      }
      let own = matched.printedRows.firstIndex(of: row).map { line in
        free.names.filter { $0.row == line }
      }
      guard let own, !own.isEmpty else {
        add(nil, 0, extent.startX, extent.endX)
        continue
      }
      add(nil, 0, extent.startX, starts.first ?? extent.startX)
      for (column, start) in starts.enumerated() {
        let end = column + 1 < starts.count ? starts[column + 1] : extent.endX
        add(own.first { $0.column == column }, isAtHead ? column : column + 1, start, end)
      }
    }
    guard placements.contains(where: { $0.lead != nil }) else { return nil }
    let named = placements.compactMap(\.lead).map(\.rawValue).joined(separator: " ")
    findings.append(
      Finding(
        .layoutUnknown,
        "The lead names that were read form no known layout; \(named) are named as read beside "
          + "their traces, what has no name stays unnamed. Compare the overlay with the page."))
    for name in free.names where matched.printedRows[name.row] == nil {
      if let lead = name.lead { findings.append(.nameWithoutTrace(lead)) }
    }
    findings.append(
      Finding(
        .startUncertain,
        "Where the named leads begin is known by their names only, to some millimetres."))
    return finished(LocatedLeads(rows: rows, layout: nil, placements: placements), in: map)
  }
}
