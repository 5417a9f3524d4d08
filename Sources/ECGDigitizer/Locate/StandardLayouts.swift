import ECGCore

/// The layouts that geometry alone may assume, by number of printed rows.
enum StandardLayouts {
  /// Their names among the known layouts.
  static let names = [
    "3x4", "3x4-cabrera", "6x2", "6x2-cabrera", "12x1", "12x1-cabrera", "6x1-limb",
    "4x3-by-columns",
  ]

  /// Every layout that `rowCount` printed rows may be, rhythm strips of unknown lead included.
  ///
  /// - Parameter declared: the layout that a person declared; then only this one is offered,
  ///   where it has that many rows.
  static func candidates(rowCount: Int, declared: LeadLayout? = nil) -> [LeadLayout] {
    let bodies = declared.map { [$0] } ?? LeadLayout.known.filter { names.contains($0.name) }
    return bodies.compactMap { body in
      let strips = rowCount - body.rows
      let most =
        declared.map { max($0.rhythmLeads.count, 3) }
        ?? (body.rows == 3 ? 3 : body.rows == 6 ? 2 : 0)
      guard (0...most).contains(strips) else { return nil }
      var layout = body
      layout.name = String(body.name.prefix { $0 != "+" })
      layout.rhythmLeads = (0..<strips).map { k in
        k < body.rhythmLeads.count ? body.rhythmLeads[k] : nil
      }
      return layout
    }
  }
}
