import ECGCore

/// The lead names that were read on a page, as the flow hands them on.
struct PageText {
  /// What was read; `nil` without a network.
  var names: NameReading?

  /// What the names say about the page's position, where a person declared a layout or none.
  func evidence(declared: LeadLayout?) -> NameEvidence {
    var evidence = NameEvidence(refusal: names?.refusals.first?.reason)
    if let names, let layout = names.layout, declared.map(layout.isBody(of:)) ?? true {
      evidence.ofLayout = names.position
    }
    if declared == nil { evidence.ofStandingNames = names?.free?.position }
    return evidence
  }

  /// Whether names that form no layout contradict what the traces say.
  func standingNames(contradict reading: PageReading) -> Bool {
    names?.free?.contradicts(
      reading.leads, pixelsPerMillimeter: reading.page.geometry.pixelsPerMillimeterX) ?? false
  }

  /// The names that are taken, in page pixels.
  func printed(_ use: NameUse, pixelsPerMillimeter s: Double) -> [PrintedText] {
    switch use {
    case .none: []
    case .layout: names?.printed(pixelsPerMillimeter: s) ?? []
    case .standing: names?.free?.printed(pixelsPerMillimeter: s) ?? []
    }
  }
}
