import ECGCore
import ECGImaging

/// The layout that was read, laid over the rows that were followed.
///
/// Names say which rows are traces and which lead each carries; the traces settle what names
/// leave open: the sign of aVR, strips without a legible name, where time begins and ends.
struct NamedLayout {
  var choice: LayoutChooser.Choice
  /// The layout as printed, also where a row's trace was not found.
  var layout: LeadLayout
  var findings: [Finding] = []

  /// Lays the layout of `names` over `rows`.
  ///
  /// - Returns: `nil` if no layout was read, or fewer than two thirds of its rows have a trace.
  init?(
    _ names: NameReading, rows: [FollowedRow], in map: InkMap, millimetersPerSecond speed: Double
  ) {
    let s = map.pixelsPerMillimeter
    guard let fit = names.fit, let read = names.layout,
      let matched = NamedRows(fit.rowNames, baselines: rows.map { ($0.row.baselineY + 0.5) / s })
    else { return nil }
    let body = matched.printedRows.prefix(read.rows)
    let present = body.compactMap { $0 }
    guard 3 * present.count >= 2 * read.rows else { return nil }

    var notes: [Finding] = []
    for slot in read.slots where body[slot.row] == nil {
      notes.append(.nameWithoutTrace(slot.lead))
    }
    var strips: [(row: Int, name: PrintedMark?)] = []
    for (k, name) in fit.rhythm.enumerated() {
      // A strip's name may stand on the other side of its trace than the others do.
      let used = present + strips.map(\.row)
      let nearest = rows.indices.filter { $0 > (used.max() ?? -1) }.first { row in
        abs((rows[row].row.baselineY + 0.5) / s - name.yMillimeters) < 12
      }
      if let row = matched.printedRows[read.rows + k] ?? nearest {
        strips.append((row, name))
      } else if let lead = name.kind.lead {
        notes.append(.nameWithoutTrace(lead))
      }
    }
    strips += NamedLayout.unnamedStrips(below: present + strips.map(\.row), rows)
      .map { ($0, nil) }
    strips.sort { $0.row < $1.row }

    var kept = (present + strips.map(\.row)).map { rows[$0] }
    var printed = read.keeping(rows: body.indices.filter { body[$0] != nil })
    printed.rhythmLeads = strips.map { $0.name?.kind.lead }
    guard let extent = TimeExtent(RowEnds.all(kept, in: map), pixelsPerMillimeter: s) else {
      return nil
    }
    let extents = extent.alternatives(
      round: extent.roundLength(second: speed * s), named: fit.lengthMillimeters.map { $0 * s })
    let choices = extents.map { NamedLayout.lay(printed, over: kept, $0, in: map) }
    guard
      var best = choices.indices.max(by: { a, b in
        // What the ink itself shows is preferred by a little.
        choices[a].evidence - (a == 0 ? 0 : 0.03) < choices[b].evidence - (b == 0 ? 0 : 0.03)
      }).map({ choices[$0] })
    else { return nil }

    // What has no name and resembles no lead of the page is no strip.
    let unlike = strips.indices.filter {
      strips[$0].name == nil && best.hypothesis.rhythmLeads[$0] == nil
    }
    if !unlike.isEmpty {
      for k in unlike.reversed() {
        strips.remove(at: k)
        printed.rhythmLeads.remove(at: k)
      }
      kept = (present + strips.map(\.row)).map { rows[$0] }
      best = NamedLayout.lay(printed, over: kept, best.extent, in: map)
    }

    NamedLayout.settleSign(of: &printed, isOpen: names.isSignOfAVROpen, best, &notes)
    NamedLayout.settleStrips(of: &printed, strips.map(\.name), best, &notes)
    best = NamedLayout.lay(printed, over: kept, best.extent, in: map)
    choice = best
    for (strip, lead) in zip(strips, best.hypothesis.rhythmLeads) where strip.name == nil {
      if let lead { notes.append(.stripWithoutName(lead)) }
    }
    var layout = read.withRhythmLeads(best.hypothesis.rhythmLeads)
    for i in layout.slots.indices where layout.slots[i].lead == .aVR {
      let settled = printed.slots.first { $0.lead == .aVR }?.isInverted
      layout.slots[i].isInverted = settled ?? layout.slots[i].isInverted
    }
    self.layout = layout.renamedBySigns
    findings = notes
  }

  /// Rows below the last named one that look like traces: strips whose name was not read.
  private static func unnamedStrips(below named: [Int], _ rows: [FollowedRow]) -> [Int] {
    let ordered = named.sorted()
    guard let last = ordered.last, ordered.count > 1 else { return [] }
    let strengths = ordered.map { rows[$0].row.strength }.sorted()
    let gaps = zip(ordered, ordered.dropFirst())
      .map { rows[$1].row.baselineY - rows[$0].row.baselineY }.sorted()
    let pitch = gaps[gaps.count / 2]
    var strips: [Int] = []
    var lowest = rows[last].row.baselineY
    for k in rows.indices where k > last && strips.count < 3 {
      let gap = rows[k].row.baselineY - lowest
      guard gap > 0.5 * pitch, gap < 1.8 * pitch,
        rows[k].row.strength > 0.5 * strengths[strengths.count / 2]
      else { continue }
      strips.append(k)
      lowest = rows[k].row.baselineY
    }
    return strips
  }

  private static func lay(
    _ layout: LeadLayout, over rows: [FollowedRow], _ extent: TimeExtent, in map: InkMap
  ) -> LayoutChooser.Choice {
    let width = (extent.endX - extent.startX) / Double(layout.columns)
    let bars = SeparatorBars(
      at: (1..<max(layout.columns, 1)).map { extent.startX + Double($0) * width },
      rows: rows.prefix(layout.rows).map(\.row), in: map)
    let hypothesis = LayoutHypothesis(
      layout, over: rows.map(\.signal), extent: extent, position: .upright)
    let share = bars.share(standing: width, pixelsPerMillimeter: map.pixelsPerMillimeter)
    return LayoutChooser.Choice(
      hypothesis: hypothesis, rows: rows, extent: extent, bars: bars,
      evidence: hypothesis.score + 0.5 * share)
  }

  /// Samples of one row over one column, upwards, as printed.
  static func piece(
    _ choice: LayoutChooser.Choice, row: Int, column: Int, count: Int = 160
  ) -> [Float?] {
    let extent = choice.extent
    let width = (extent.endX - extent.startX) / Double(choice.hypothesis.layout.columns)
    return (0..<count).map { i in
      let t = Double(column) + 0.05 + 0.9 * Double(i) / Double(count - 1)
      return choice.rows[row].signal.y(at: extent.startX + t * width).map { -$0 }
    }
  }
}

extension LeadLayout {
  /// The layout under the name that is known for its leads with these signs.
  fileprivate var renamedBySigns: LeadLayout {
    guard let known = LeadLayout.known.first(where: { $0.slots == slots }) else { return self }
    var out = known.withRhythmLeads(rhythmLeads)
    if rhythmLeads.isEmpty { out = known }
    return out
  }

  /// The layout with some of its rows only, counted anew.
  func keeping(rows kept: [Int]) -> LeadLayout {
    var out = self
    out.rows = kept.count
    out.slots = slots.compactMap { slot in
      guard let row = kept.firstIndex(of: slot.row) else { return nil }
      var slot = slot
      slot.row = row
      return slot
    }
    return out
  }
}

extension Finding {
  /// A rhythm strip is named by its trace alone.
  static func stripWithoutName(_ lead: Lead) -> Finding {
    Finding(
      .leadNamesAssumed,
      "No name was read beside a rhythm strip; by its trace it was taken as \(lead).", lead: lead)
  }

  /// A rhythm strip's name was read with difficulty, and no lead of the body is the same.
  static func stripReadWithDifficulty(_ lead: Lead, score: Double) -> Finding {
    Finding(
      .leadNamesAssumed,
      "A rhythm strip's name was read as \(lead) to \(Int(100 * score)) % only, and no other lead "
        + "of the page can confirm it.", lead: lead)
  }

  /// A lead's name stands on the page, but no trace beside it.
  static func nameWithoutTrace(_ lead: Lead) -> Finding {
    Finding(
      .leadMissing,
      "The name \(lead) is printed, but no trace was found beside it; it is left out.",
      lead: lead)
  }
}

extension NamedLayout {
  /// The least score of a strip's name that no lead of the body confirms.
  private static let leastScoreOfLoneStrip = 0.5

  /// Settles by the traces whether aVR is printed upside down, where the order of names leaves
  /// it open; elsewhere a contradiction is reported and nothing is turned.
  static func settleSign(
    of layout: inout LeadLayout, isOpen: Bool, _ choice: LayoutChooser.Choice,
    _ findings: inout [Finding]
  ) {
    guard let index = layout.slots.firstIndex(where: { $0.lead == .aVR }) else { return }
    let slot = layout.slots[index]
    var pieces: [Lead: [Float?]] = [:]
    for other in layout.slots where other.column == slot.column && other.row < choice.rows.count {
      pieces[other.lead] = piece(choice, row: other.row, column: other.column)
    }
    let verdict = SignOfAVR.judge(pieces)
    // Noise and strokes across the trace make both signs fit badly: that says nothing.
    let isClear = (verdict?.lead ?? 0) > 0.25 && (verdict?.agreement ?? 0) > 0.75
    if isOpen || layout.order == "cabrera" {
      if let verdict, isClear {
        layout.slots[index].isInverted = verdict.isInverted
      } else {
        findings.append(
          Finding(
            .leadSignUncertain,
            "Whether aVR is printed upside down could not be settled on the traces; it was taken "
              + "as \(slot.isInverted ? "−aVR" : "aVR").", lead: .aVR))
      }
    } else if let verdict, isClear, verdict.isInverted != slot.isInverted, verdict.lead > 0.6 {
      findings.append(
        Finding(
          .leadSignUncertain,
          "The trace named aVR looks upside down beside its neighbours; it was left as printed.",
          lead: .aVR))
    }
  }

  /// Names the rhythm strips: by print where it was read, checked against the leads they resemble.
  static func settleStrips(
    of layout: inout LeadLayout, _ names: [PrintedMark?], _ choice: LayoutChooser.Choice,
    _ findings: inout [Finding]
  ) {
    for (k, name) in names.enumerated() {
      var likeness: [Lead: Double] = [:]
      var sameness: [Lead: Double] = [:]
      for slot in layout.slots where slot.row < layout.rows && !slot.isInverted {
        let strip = piece(choice, row: layout.rows + k, column: slot.column)
        let body = piece(choice, row: slot.row, column: slot.column)
        likeness[slot.lead] = LeadAgreement.likeness(strip, body)
        sameness[slot.lead] = LeadAgreement.sameness(strip, body)
      }
      let read = name.flatMap { mark in mark.kind.lead.map { ($0, mark.score) } }
      let settled = RhythmName(read: read, likeness: likeness, sameness: sameness)
      layout.rhythmLeads[k] = settled.lead
      // Without that lead in the body nothing vouches for a name that was read with difficulty.
      if let (lead, score) = read, likeness[lead] == nil, score < leastScoreOfLoneStrip {
        findings.append(.stripReadWithDifficulty(lead, score: score))
      }
      if settled.isContradicted, let lead = settled.lead {
        findings.append(
          Finding(
            .rhythmStripDisagrees,
            "A rhythm strip's printed name and its trace say different leads; it was taken as "
              + "\(lead).", lead: lead))
      }
    }
  }
}
