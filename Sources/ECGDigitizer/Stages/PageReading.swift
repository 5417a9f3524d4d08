package import ECGCore

/// A page in one of its positions, and the leads found in it: what the stage Orient chooses from.
package struct PageReading: Sendable {
  package var page: RectifiedPage
  package var ink: InkMap
  package var leads: LocatedLeads
  /// Lead names that were read and taken.
  package var names: [PrintedText] = []
  /// Printed paper speed and gain.
  package var statements: [PrintedText] = []
  package var findings: [Finding] = []

  package init(
    page: RectifiedPage, ink: InkMap, leads: LocatedLeads, names: [PrintedText] = [],
    statements: [PrintedText] = [], findings: [Finding] = []
  ) {
    (self.page, self.ink, self.leads, self.names) = (page, ink, leads, names)
    (self.statements, self.findings) = (statements, findings)
  }

  /// Whether a layout was found that lies upright.
  package var isUpright: Bool { leads.layout != nil && leads.positionNeeded == .upright }

  /// Whether a lead has a name.
  var hasNames: Bool { leads.placements.contains { $0.lead != nil } }
}

/// How printed lead names are used in reading a page in one position.
package enum NameUse: Sendable {
  /// Not at all: the traces tell the layout.
  case none
  /// They tell the layout.
  case layout
  /// They form no layout, and name what stands beside them.
  case standing
}

/// What printed lead names say about the page's position.
package struct NameEvidence: Sendable {
  /// The position in which names form a layout, if they do.
  package var ofLayout: PagePosition?
  /// The position in which clear names stand that form no layout.
  package var ofStandingNames: PagePosition?
  /// Why names form no layout that is believed.
  package var refusal: String?

  package init(
    ofLayout: PagePosition? = nil, ofStandingNames: PagePosition? = nil, refusal: String? = nil
  ) {
    (self.ofLayout, self.ofStandingNames, self.refusal) = (ofLayout, ofStandingNames, refusal)
  }
}
