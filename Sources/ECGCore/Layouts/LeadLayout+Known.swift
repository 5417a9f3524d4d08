extension LeadLayout {
  /// Every layout this project knows, without rhythm strips; the most common first.
  public static let known: [LeadLayout] = LayoutTable.text.split(separator: "\n").compactMap {
    LeadLayout(tableLine: $0)
  }

  /// Whether few pages have this layout, so that what speaks for it must be clear.
  package var isRare: Bool {
    LayoutTable.rare.contains(name.split(separator: "+").first.map(String.init) ?? name)
  }

  /// Reads one line of ``LayoutTable``.
  ///
  /// - Returns: `nil` if the line has no name, no leads, or rows of unequal length.
  init?(tableLine line: Substring) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = line[..<colon].filter { !$0.isWhitespace }
    let rows = line[line.index(after: colon)...].split(separator: "/")
      .map { $0.split(separator: " ") }
    guard !name.isEmpty, let columns = rows.first?.count, columns > 0,
      rows.allSatisfy({ $0.count == columns })
    else { return nil }
    var slots: [LeadSlot] = []
    for (r, row) in rows.enumerated() {
      for (c, word) in row.enumerated() {
        let isInverted = word.hasPrefix("-")
        let lead = Lead(String(isInverted ? word.dropFirst() : word))
        slots.append(LeadSlot(lead: lead, isInverted: isInverted, row: r, column: c))
      }
    }
    self.init(
      name: name, rows: rows.count, columns: columns, slots: slots,
      order: name.contains("cabrera") ? "cabrera" : "standard")
  }

  /// This layout with the given rhythm strips below its rows, named accordingly.
  ///
  /// A strip whose lead is not known is written as `?`.
  public func withRhythmLeads(_ leads: [Lead?]) -> LeadLayout {
    var layout = self
    layout.rhythmLeads = leads
    let base = name.split(separator: "+").first.map(String.init) ?? name
    layout.name = ([base] + leads.map { $0?.rawValue ?? "?" }).joined(separator: "+")
    return layout
  }
}
