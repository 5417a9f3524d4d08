import ECGCore

/// The bodies of the layouts that geometry alone may assume, by number of printed rows.
enum StandardLayouts {
  /// Leads row by row; every row has the same number of columns.
  static let bodies: [(name: String, order: String, rows: [[String]])] = [
    (
      "3x4", "standard",
      [["I", "aVR", "V1", "V4"], ["II", "aVL", "V2", "V5"], ["III", "aVF", "V3", "V6"]]
    ),
    (
      "3x4", "cabrera",
      [["aVL", "II", "V1", "V4"], ["I", "aVF", "V2", "V5"], ["-aVR", "III", "V3", "V6"]]
    ),
    (
      "6x2", "standard",
      [["I", "V1"], ["II", "V2"], ["III", "V3"], ["aVR", "V4"], ["aVL", "V5"], ["aVF", "V6"]]
    ),
    (
      "6x2", "cabrera",
      [
        ["aVL", "V1"], ["I", "V2"], ["-aVR", "V3"], ["II", "V4"], ["aVF", "V5"], ["III", "V6"],
      ]
    ),
    (
      "12x1", "standard",
      [
        ["I"], ["II"], ["III"], ["aVR"], ["aVL"], ["aVF"], ["V1"], ["V2"], ["V3"], ["V4"], ["V5"],
        ["V6"],
      ]
    ),
    (
      "12x1", "cabrera",
      [
        ["aVL"], ["I"], ["-aVR"], ["II"], ["aVF"], ["III"], ["V1"], ["V2"], ["V3"], ["V4"], ["V5"],
        ["V6"],
      ]
    ),
    ("6x1-limb", "standard", [["I"], ["II"], ["III"], ["aVR"], ["aVL"], ["aVF"]]),
    (
      "4x3", "standard",
      [["I", "aVL", "V3"], ["II", "aVF", "V4"], ["III", "V1", "V5"], ["aVR", "V2", "V6"]]
    ),
  ]

  /// Every layout that `rowCount` printed rows may be, rhythm strips of unknown lead included.
  static func candidates(rowCount: Int) -> [LeadLayout] {
    bodies.compactMap { body in
      let rhythm = rowCount - body.rows.count
      let allowed = body.rows.count == 3 ? 0...3 : body.rows.count == 6 ? 0...2 : 0...0
      guard allowed.contains(rhythm) else { return nil }
      let slots = body.rows.enumerated().flatMap { row, names in
        names.enumerated().map { column, name in
          LeadSlot(
            lead: Lead(String(name.drop { $0 == "-" })), isInverted: name.hasPrefix("-"), row: row,
            column: column)
        }
      }
      return LeadLayout(
        name: body.order == "standard" ? body.name : "\(body.name)-\(body.order)",
        rows: body.rows.count, columns: body.rows[0].count, slots: slots,
        rhythmLeads: [Lead?](repeating: nil, count: rhythm), order: body.order)
    }
  }
}
