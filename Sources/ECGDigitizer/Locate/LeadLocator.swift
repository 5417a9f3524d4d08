package import ECGCore
import ECGImaging

/// Says which lead is printed where, from the ink alone.
///
/// Without reading names, a layout is chosen by the number of rows and tested on the traces:
/// what limb leads must obey among each other, and the rhythm strip against its lead. The
/// layout that the traces support best is taken and reported as a finding; none is taken
/// when nothing supports it, and rows come back unnamed.
package struct LeadLocator: Sendable {
  package init() {}

  /// Finds the printed rows, from top to bottom.
  package func rows(in map: InkMap) -> [PrintedRow] { RowFinder().rows(in: map) }

  /// Names the leads along `rows`.
  package func leads(
    _ rows: [PrintedRow], signals: [RowSignal], paths: [InkPath], pulses: [CalibrationPulse],
    in map: InkMap, options: Digitizer.Options, findings: inout [Finding]
  ) -> LocatedLeads {
    let s = map.pixelsPerMillimeter
    guard
      let extent = TimeExtent(signals, paths: paths, pulses: pulses, pixelsPerMillimeter: s)
    else { return LocatedLeads(layout: nil, placements: []) }
    let speed = options.paperSpeed?.millimetersPerSecond ?? 25
    guard let chosen = choose(rows, signals, extent, map, options, &findings) else {
      let placements = rows.indices.map { row in
        LeadPlacement(
          lead: nil, row: row, column: 0, startX: extent.startX, endX: extent.endX,
          baselineY: rows[row].baselineY, startSeconds: 0)
      }
      return LocatedLeads(layout: nil, placements: placements)
    }
    if chosen.hypothesis.isUpsideDown {
      return LocatedLeads(
        layout: nil, placements: [], quarterTurnsNeeded: 2,
        physicsAgreement: chosen.hypothesis.agreement)
    }
    var leads = place(
      chosen.hypothesis, bars: chosen.bars, rows: rows, extent: extent, s: s, speed: speed)
    let labels = LeadLabels(
      PrintedWords(in: map), beside: leads.placements, pixelsPerMillimeter: s)
    leads.coveredNames = labels.coveredBoxes
    leads.namePixels = labels.words.flatMap(\.pixels)
    return leads
  }

  private struct Choice {
    var hypothesis: LayoutHypothesis
    var bars: SeparatorBars
    var evidence: Double
  }

  /// The layout that bars and traces support best.
  private func choose(
    _ rows: [PrintedRow], _ signals: [RowSignal], _ extent: TimeExtent, _ map: InkMap,
    _ options: Digitizer.Options, _ findings: inout [Finding]
  ) -> Choice? {
    var candidates = StandardLayouts.candidates(rowCount: rows.count)
    if let declared = options.layout {
      candidates = candidates.filter { declared.hasPrefix($0.name) }
    }
    let choices = candidates.flatMap { layout in
      [false, true].map { isUpsideDown -> Choice in
        let width = (extent.endX - extent.startX) / Double(layout.columns)
        let boundaries = (1..<max(layout.columns, 1)).map { extent.startX + Double($0) * width }
        let body = isUpsideDown ? Array(rows.suffix(layout.rows)) : Array(rows.prefix(layout.rows))
        let bars = SeparatorBars(at: boundaries, rows: body, in: map)
        let hypothesis = LayoutHypothesis(
          layout, over: signals, extent: extent, isUpsideDown: isUpsideDown)
        let seen = Double(bars.centres.compactMap { $0 }.count)
        let share = boundaries.isEmpty ? 0 : seen / Double(boundaries.count)
        return Choice(
          hypothesis: hypothesis, bars: bars,
          evidence: hypothesis.score + 0.25 * share - (layout.order == "cabrera" ? 0.1 : 0)
            - (isUpsideDown ? 0.15 : 0))
      }
    }
    guard let best = choices.max(by: { $0.evidence < $1.evidence }) else {
      findings.append(
        Finding(
          .layoutUnknown,
          "\(rows.count) printed rows fit no known layout; they are returned unnamed."))
      return nil
    }
    if options.layout != nil { return best }
    let agreement = best.hypothesis.agreement
    // A layout whose relations fail on the traces would put names where they do not belong.
    // Bars where the layout wants them speak for it too.
    let seen = best.bars.centres.compactMap { $0 }.count
    let isBarred = seen > 0 && seen == best.bars.centres.count
    guard let agreement, agreement > (isBarred ? 0.3 : 0.6) else {
      findings.append(
        Finding(
          .layoutUnknown,
          "\(rows.count) printed rows: no known layout is supported by the traces; "
            + "they are returned unnamed. Declare it with --layout if you know it."))
      return nil
    }
    findings.append(
      Finding(
        .leadNamesAssumed,
        "Lead names were not read. Layout \(best.hypothesis.layout.name) is assumed; "
          + "the relations between its leads hold to \(Int(100 * agreement)) %."))
    return best
  }

  /// Turns a hypothesis into places on the page.
  private func place(
    _ hypothesis: LayoutHypothesis, bars: SeparatorBars, rows: [PrintedRow], extent: TimeExtent,
    s: Double, speed: Double
  ) -> LocatedLeads {
    var layout = hypothesis.layout
    layout.rhythmLeads = hypothesis.rhythmLeads
    let suffix = hypothesis.rhythmLeads.map { $0?.rawValue ?? "?" }
    layout.name = ([layout.name] + suffix).joined(separator: "+")
    let columns = Double(layout.columns)
    let seconds = (extent.endX - extent.startX) / s / speed
    // Ten seconds is what nearly every 12-lead page holds; ink ends a little early or late.
    let isTenSeconds = abs(seconds - 10) < 0.22
    let width = (isTenSeconds ? 10 * speed * s : extent.endX - extent.startX) / columns
    var start = extent.startX
    let offsets = bars.centres.enumerated().compactMap { k, centre in
      centre.map { $0 - Double(k + 1) * width }
    }
    if offsets.count >= 2 {
      let refined = offsets.sorted()[offsets.count / 2]
      if abs(refined - start) < 1.5 * s { start = refined }
    }
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
    return LocatedLeads(
      layout: layout, placements: placements, bars: bars.hidden,
      physicsAgreement: hypothesis.agreement)
  }
}
