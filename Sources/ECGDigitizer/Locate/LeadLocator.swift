package import ECGCore
package import ECGImaging

/// Says which lead is printed where, from the ink alone.
///
/// Without reading names, a layout is chosen by the number of rows and tested on the traces:
/// what limb leads must obey among each other, and the rhythm strip against its lead. The
/// layout that the traces support best is taken and reported as a finding; none is taken
/// when nothing supports it, and rows come back unnamed.
package struct LeadLocator: Sendable {
  /// Threads that share the rows.
  private let workers: Workers

  package init(workers: Workers = .one) { self.workers = workers }

  /// Says which of `rows` are traces, and names the leads along them.
  package func leads(
    _ rows: [FollowedRow], in map: InkMap, names: NameReading? = nil,
    standing: FreeNames? = nil, options: Digitizer.Options, findings: inout [Finding]
  ) -> LocatedLeads {
    let speed = options.paperSpeed?.millimetersPerSecond ?? 25
    if let standing,
      let named = leads(
        rows, in: map, free: standing, millimetersPerSecond: speed, findings: &findings)
    {
      return named
    }
    if let names,
      let named = NamedLayout(names, rows: rows, in: map, millimetersPerSecond: speed)
    {
      findings += named.findings
      var leads = finished(
        place(named.choice, in: map, names: names, speed: speed, findings: &findings),
        in: map)
      leads.layout = named.layout
      return leads
    }
    let chooser = LayoutChooser(
      millimetersPerSecond: speed, declared: options.layout)
    guard let chosen = chooser.choose(rows, in: map) else {
      findings.append(LeadLocator.noLayout(of: rows.count, options))
      return unnamed(rows, in: map)
    }
    guard accepts(chosen, options, rows.count, &findings) else { return unnamed(rows, in: map) }
    if chosen.hypothesis.position != .upright {
      return LocatedLeads(
        rows: [], layout: nil, placements: [],
        positionNeeded: chosen.hypothesis.position,
        physicsAgreement: chosen.hypothesis.agreement)
    }
    return finished(place(chosen, in: map, speed: speed, findings: &findings), in: map)
  }

  /// Adds what hides the traces: names beside them and strokes of pulses.
  func finished(_ located: LocatedLeads, in map: InkMap) -> LocatedLeads {
    var leads = located
    let s = map.pixelsPerMillimeter
    let labels = LeadLabels(
      PrintedWords(in: map), beside: leads.placements, pixelsPerMillimeter: s)
    leads.coveredNames = labels.coveredBoxes
    leads.bars += LeadLocator.innerLegs(leads.rows, s: s)
    leads.bars += LeadLocator.feet(behind: leads, s: s)
    leads.namePixels = labels.words.flatMap(\.pixels)
    return leads
  }

  /// The strokes of pulses that run into the traces; rows where no pulse was seen have theirs
  /// where the others' are, at any height.
  private static func innerLegs(_ rows: [FollowedRow], s: Double) -> [PixelBox] {
    let pulses = rows.compactMap(\.pulse)
    guard let typical = pulses.isEmpty ? nil : pulses[pulses.count / 2] else { return [] }
    return rows.compactMap { row in
      if let pulse = row.pulse { return innerLeg(of: pulse, s: s) }
      guard pulses.count >= 2 else { return nil }
      var pulse = typical
      pulse.footY = row.row.baselineY + 3 * s
      pulse.height = typical.height + 6 * s
      return innerLeg(of: pulse, s: s)
    }
  }

  /// The feet of pulses that begin where bars close the rows.
  private static func feet(behind leads: LocatedLeads, s: Double) -> [PixelBox] {
    leads.rows.indices.compactMap { row in
      guard let pulse = leads.rows[row].pulse, !pulse.isAtHead,
        let reach = RowReach(of: row, in: leads), reach.isClosed
      else { return nil }
      let (x, half) = (Int(reach.endX), 0.3 * s)
      return PixelBox(
        columns: x...max(x, Int(pulse.riseX)),
        rows: Int(pulse.footY - half)...Int((pulse.footY + half).rounded(.up)))
    }
  }

  /// The stroke of a pulse that runs into the trace.
  private static func innerLeg(of pulse: CalibrationPulse, s: Double) -> PixelBox {
    let isAtHead = pulse.isAtHead
    let x = isAtHead ? pulse.fallX : pulse.riseX
    let half = 0.4 * s
    return PixelBox(
      columns: Int((x - half).rounded(.down))...Int((x + half).rounded(.up)),
      rows: Int(pulse.footY - pulse.height - s)...Int(pulse.footY + 0.8 * s))
  }

  /// Whether the traces support the choice; if not, a finding says why rows stay unnamed.
  private func accepts(
    _ chosen: LayoutChooser.Choice, _ options: Digitizer.Options, _ rowCount: Int,
    _ findings: inout [Finding]
  ) -> Bool {
    if options.layout != nil { return true }
    // A layout whose relations fail on the traces would put names where they do not belong.
    // Bars where the layout wants them speak for it too.
    // What is rare must be sure: Cabrera order, and pages that do not lie upright.
    let isRare =
      chosen.hypothesis.position != .upright || chosen.hypothesis.layout.order == "cabrera"
    let needed = isRare ? 0.85 : chosen.isBarred ? 0.3 : 0.6
    guard let agreement = chosen.hypothesis.agreement, agreement > needed else {
      findings.append(
        Finding(
          .layoutUnknown,
          "\(rowCount) printed rows: no known layout is supported by the traces; "
            + "they are returned unnamed. Declare it with --layout if you know it."))
      return false
    }
    findings.append(
      Finding(
        .leadNamesAssumed,
        "Lead names were not read. Layout \(chosen.hypothesis.layout.name) is assumed; "
          + "the relations between its leads hold to \(Int(100 * agreement)) %."))
    return true
  }

  /// What tells where time begins contradicts itself, or says too little.
  private static var uncertainStart: Finding {
    Finding(
      .startUncertain,
      "Where the leads begin is not sure: the ends of the rows, bars between leads and the length "
        + "of ten seconds do not agree. Compare the overlay with the page.")
  }

  /// No layout has as many rows as the page.
  private static func noLayout(of rowCount: Int, _ options: Digitizer.Options) -> Finding {
    let which =
      options.layout.map { "the declared layout \($0.name) has another number" }
      ?? "no known layout has as many"
    return Finding(
      .layoutUnknown,
      "\(rowCount) printed rows were found, and \(which); they are returned unnamed. "
        + "Compare the overlay with the page, or declare another layout with --layout.")
  }

  /// Every row as one unnamed trace.
  private func unnamed(_ rows: [FollowedRow], in map: InkMap) -> LocatedLeads {
    let ends = RowEnds.all(rows, in: map)
    guard let extent = TimeExtent(ends, pixelsPerMillimeter: map.pixelsPerMillimeter) else {
      return LocatedLeads(rows: [], layout: nil, placements: [])
    }
    let placements = rows.indices.map { row in
      LeadPlacement(
        lead: nil, row: row, column: 0, startX: extent.startX, endX: extent.endX,
        baselineY: rows[row].row.baselineY, startSeconds: 0)
    }
    return LocatedLeads(rows: rows, layout: nil, placements: placements)
  }

  /// Turns a hypothesis into places on the page.
  private func place(
    _ chosen: LayoutChooser.Choice, in map: InkMap, names: NameReading? = nil, speed: Double,
    findings: inout [Finding]
  ) -> LocatedLeads {
    let s = map.pixelsPerMillimeter
    let (hypothesis, bars, extent) = (chosen.hypothesis, chosen.bars, chosen.extent)
    let rows = chosen.rows.map(\.row)
    var layout = hypothesis.layout
    layout.rhythmLeads = hypothesis.rhythmLeads
    let suffix = hypothesis.rhythmLeads.map { $0?.rawValue ?? "?" }
    layout.name = ([layout.name] + suffix).joined(separator: "+")
    let columns = Double(layout.columns)
    let pulses = chosen.rows.compactMap(\.pulse).filter(\.isAtHead).map(\.fallX).sorted()
    let namedWidth = names?.fit?.lengthMillimeters.map { $0 * s / columns }
    let borders = ColumnBorders.places(
      bars,
      gaps: ColumnGaps(
        Array(chosen.rows.prefix(layout.rows)), in: map, columns: layout.columns,
        width: namedWidth ?? (extent.endX - extent.startX) / columns,
        names: names?.fit?.columnXMillimeters.map { $0 * s - 0.5 }),
      pixelsPerMillimeter: s)
    let frame = TimeFrame(
      extent,
      TimeFrame.Evidence(
        ends: RowEnds.all(chosen.rows, in: map).compactMap { $0 }, bars: borders,
        pulseEdge: pulses.isEmpty ? nil : pulses[pulses.count / 2], columns: layout.columns,
        namedWidth: namedWidth,
        page: 0...Double(map.ink.width - 1), roundLength: extent.roundLength(second: speed * s),
        pixelsPerMillimeter: s, gridColumns: map.gridColumns))
    if frame.isDoubtful { findings.append(LeadLocator.uncertainStart) }
    let (start, width) = (frame.startX, frame.width)
    var placements = layout.slots.map { slot in
      LeadPlacement(
        lead: slot.lead, isInverted: slot.isInverted, row: slot.row, column: slot.column,
        startX: start + Double(slot.column) * width, endX: start + Double(slot.column + 1) * width,
        baselineY: rows[slot.row].baselineY,
        startSeconds: Double(slot.column) * width / s / speed)
    }
    for (k, lead) in hypothesis.rhythmLeads.enumerated() {
      let row = layout.rows + k
      placements.append(
        LeadPlacement(
          lead: lead, row: row, column: 0, isRhythm: true, startX: start,
          endX: start + width * columns, baselineY: rows[row].baselineY, startSeconds: 0))
    }
    // Some programs close the rows with bars, too.
    let boundaries = (1..<max(layout.columns, 2)).map { start + Double($0) * width }
    let end = start + width * columns
    let closing = bars.closing(
      at: end, like: boundaries,
      zeros: chosen.rows.map { $0.pulse?.footY ?? $0.row.baselineY }, in: map)
    return LocatedLeads(
      rows: chosen.rows, layout: layout, placements: placements,
      bars: bars.hidden + closing,
      breaks: (bars.hidden.isEmpty ? [] : boundaries) + (closing.isEmpty ? [] : [end]),
      physicsAgreement: hypothesis.agreement)
  }
}
