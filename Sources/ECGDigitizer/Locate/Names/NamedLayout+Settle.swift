import ECGCore

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
