package import ECGCore

/// The stage Orient: which of its eight positions brings the page upright.
///
/// Printed names tell, where they form a layout. Else the traces tell: the page is read as it
/// lies, and put as the relations between its leads demand; clear names that contradict that
/// reading are believed instead. A position is read by what `read` does, never twice.
package struct PageOrienter {
  /// What reads the flat page, put into a position.
  package typealias Reader = (RectifiedPage, NameUse) throws(PageError) -> PageReading

  /// The position that is known already.
  var held: PagePosition?

  package init(held: PagePosition? = nil) { self.held = held }

  /// Reads `flat` in the position that is upright.
  ///
  /// - Parameters:
  ///   - names: what printed names say about the position.
  ///   - contradicts: whether standing names contradict a reading by the traces.
  package func reading(
    of flat: RectifiedPage, names: NameEvidence, contradicts: (PageReading) -> Bool,
    read: Reader
  ) throws(PageError) -> PageReading {
    if let position = names.ofLayout, held == nil || held == position {
      let reading = try read(flat.put(position), .layout)
      if reading.isUpright { return reading.withPosition }
    }
    let byTraces = try readingByTraces(flat, read)
    guard let position = names.ofStandingNames else { return byTraces.explained(names.refusal) }
    let page = flat.put(position)
    let isSamePosition =
      page.geometry.isMirrored == byTraces.page.geometry.isMirrored
      && page.geometry.quarterTurns == byTraces.page.geometry.quarterTurns
    if byTraces.isUpright, isSamePosition, !contradicts(byTraces) {
      return byTraces.explained(names.refusal)
    }
    let byNames = try read(page, .standing)
    return byNames.hasNames ? byNames.withPosition : byTraces.explained(names.refusal)
  }

  /// Reads the page as it lies, and put as its traces demand where that gives no layout.
  private func readingByTraces(
    _ flat: RectifiedPage, _ read: Reader
  ) throws(PageError) -> PageReading {
    if let held { return try read(flat.put(held), .none).withPosition }
    let asItLies = try read(flat, .none)
    if asItLies.isUpright { return asItLies }
    let needed = asItLies.leads.positionNeeded
    let onEnd = [1, 3].map { PagePosition(quarterTurns: $0, isMirrored: false) }
    for position in needed == .upright ? onEnd : [needed] {
      var put = try read(flat.put(position), .none)
      // Traces on end may also be upside down or mirrored.
      if put.leads.positionNeeded != .upright {
        put = try read(put.page.put(put.leads.positionNeeded), .none)
      }
      if put.isUpright { return put.withPosition }
    }
    return asItLies
  }
}

extension PageReading {
  /// The same, with the reason why names were not believed in the finding about it.
  fileprivate func explained(_ refusal: String?) -> PageReading {
    guard let refusal else { return self }
    var out = self
    let codes: [FindingCode] = [.leadNamesAssumed, .layoutUnknown]
    for k in findings.indices where codes.contains(findings[k].code) && findings[k].lead == nil {
      out.findings[k].message += " Why names did not tell: \(refusal)."
    }
    return out
  }

  /// The same, with findings about how the page was put right.
  fileprivate var withPosition: PageReading {
    let (turns, isMirrored) = (page.geometry.quarterTurns, page.geometry.isMirrored)
    var out = self
    if isMirrored {
      out.findings.insert(
        Finding(.pageMirrored, "The picture shows the page mirrored; it was put right."), at: 0)
    }
    if turns != 0 {
      out.findings.insert(
        Finding(.pageTurned, "The page was turned by \(turns * 90)° to read it."), at: 0)
    }
    return out
  }
}
