import ECGCore

/// One layout laid over the rows of a page, in one position, and what the traces say to it.
struct LayoutHypothesis {
  var layout: LeadLayout
  /// What would have to be done to the page.
  var position: PagePosition
  /// Every relation that could be tested.
  var checks: [LeadAgreement.Check]
  /// The lead of each rhythm strip, by comparison with the body where not given.
  var rhythmLeads: [Lead?]

  /// How far the checks speak for the hypothesis: the sum of what each is above chance.
  ///
  /// Unrelated leads of one heart agree to about 0.5, since their QRS fall together; a true
  /// relation on a well-read page is above 0.9.
  ///
  /// A strip that resembles no lead of the body is hardly a strip.
  var score: Double {
    checks.reduce(0) { $0 + ($1.agreement - 0.72) }
      - 0.35 * Double(rhythmLeads.filter { $0 == nil }.count)
  }

  /// The mean agreement, or `nil` if nothing could be tested.
  var agreement: Double? {
    checks.isEmpty ? nil : checks.reduce(0) { $0 + $1.agreement } / Double(checks.count)
  }

  /// Lays `layout` over the rows.
  init(
    _ layout: LeadLayout, over signals: [RowSignal], extent: TimeExtent, position: PagePosition,
    samplesPerColumn: Int = 160
  ) {
    self.layout = layout
    self.position = position
    let rows = position.reversesRows ? Array(signals.reversed()) : signals
    let sign: Float = position.reversesRows ? -1 : 1
    let width = (extent.endX - extent.startX) / Double(layout.columns)

    /// Simultaneous samples of one row over one column of the layout.
    func piece(_ row: Int, _ column: Int) -> [Float?] {
      (0..<samplesPerColumn).map { i in
        // The outer tenth is left out: bars, names and neighbours lie there.
        let t = Double(column) + 0.05 + 0.9 * Double(i) / Double(samplesPerColumn - 1)
        let x = position.reversesTime ? extent.endX - t * width : extent.startX + t * width
        return rows[row].y(at: x).map { -sign * $0 }
      }
    }

    var checks: [LeadAgreement.Check] = []
    var body: [Lead: (column: Int, samples: [Float?])] = [:]
    for column in 0..<layout.columns {
      var pieces: [Lead: [Float?]] = [:]
      for slot in layout.slots where slot.column == column && slot.row < rows.count {
        let samples = piece(slot.row, column).map { value in
          value.map { slot.isInverted ? -$0 : $0 }
        }
        pieces[slot.lead] = samples
        body[slot.lead] = (column, samples)
      }
      checks += LeadAgreement.checks(pieces)
    }
    var named: [Lead?] = []
    for k in 0..<max(0, rows.count - layout.rows) {
      let declared = k < layout.rhythmLeads.count ? layout.rhythmLeads[k] : nil
      let likenesses = body.compactMap { lead, place -> (lead: Lead, value: Double)? in
        LeadAgreement.likeness(piece(layout.rows + k, place.column), place.samples)
          .map { (lead, $0) }
      }
      // Leads of one heart resemble each other; II is by far the usual strip.
      let best = likenesses.max { a, b in
        a.value + (a.lead == .II ? 0.06 : 0) < b.value + (b.lead == .II ? 0.06 : 0)
      }
      let chosen = declared.flatMap { lead in likenesses.first { $0.lead == lead } } ?? best
      if let chosen {
        checks.append(LeadAgreement.Check(agreement: chosen.value, name: "rhythm strip"))
      }
      named.append(declared ?? chosen.flatMap { $0.value > 0.8 ? $0.lead : nil })
    }
    self.checks = checks
    self.rhythmLeads = named
  }
}
