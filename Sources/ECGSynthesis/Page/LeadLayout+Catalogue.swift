public import ECGCore

extension LeadLayout {
  /// The layouts that pages are drawn in: bodies by name; `+II` and so on adds rhythm strips, and
  /// `-cabrera` takes the limb leads in Cabrera's order.
  private static let bodies: [String: [[String]]] = [
    "3x4": [["I", "aVR", "V1", "V4"], ["II", "aVL", "V2", "V5"], ["III", "aVF", "V3", "V6"]],
    "3x4-cabrera": [
      ["aVL", "II", "V1", "V4"], ["I", "aVF", "V2", "V5"], ["-aVR", "III", "V3", "V6"],
    ],
    "3x5": [
      ["I", "aVR", "V1", "V4", "V7"], ["II", "aVL", "V2", "V5", "V8"],
      ["III", "aVF", "V3", "V6", "V9"],
    ],
    "4x3": [
      ["I", "aVL", "V3"], ["II", "aVF", "V4"], ["III", "V1", "V5"], ["aVR", "V2", "V6"],
    ],
    "6x2": [
      ["I", "V1"], ["II", "V2"], ["III", "V3"], ["aVR", "V4"], ["aVL", "V5"], ["aVF", "V6"],
    ],
    "6x2-cabrera": [
      ["aVL", "V1"], ["I", "V2"], ["-aVR", "V3"], ["II", "V4"], ["aVF", "V5"], ["III", "V6"],
    ],
    "6x1-limb": [["I"], ["II"], ["III"], ["aVR"], ["aVL"], ["aVF"]],
    "6x1-chest": [["V1"], ["V2"], ["V3"], ["V4"], ["V5"], ["V6"]],
    "12x1": Lead.standard12.map { [$0.rawValue] },
    "12x1-cabrera": [
      ["aVL"], ["I"], ["-aVR"], ["II"], ["aVF"], ["III"], ["V1"], ["V2"], ["V3"], ["V4"], ["V5"],
      ["V6"],
    ],
  ]

  /// The names without rhythm strips, sorted.
  public static var drawableNames: [String] { bodies.keys.sorted() }

  /// The layout called `name`, such as `3x4+II`, `6x2-cabrera`, `3x4+V1+II+V5`, or a single lead
  /// such as `1x1-II`.
  ///
  /// - Returns: `nil` if there is no such layout.
  public init?(drawable name: String) {
    let parts = name.split(separator: "+").map(String.init)
    guard let body = parts.first else { return nil }
    var rows = LeadLayout.bodies[body]
    if rows == nil, body.hasPrefix("1x1-"), let lead = Lead(anySpelling: String(body.dropFirst(4)))
    {
      rows = [[lead.rawValue]]
    }
    guard let rows else { return nil }
    let rhythm = parts.dropFirst().map { Lead(anySpelling: $0) }
    guard !rhythm.contains(nil) else { return nil }
    let slots = rows.enumerated().flatMap { row, names in
      names.enumerated().map { column, name in
        LeadSlot(
          lead: Lead(String(name.drop { $0 == "-" })), isInverted: name.hasPrefix("-"), row: row,
          column: column)
      }
    }
    self.init(
      name: name, rows: rows.count, columns: rows[0].count, slots: slots,
      rhythmLeads: Array(rhythm), order: body.hasSuffix("-cabrera") ? "cabrera" : "standard")
  }
}
