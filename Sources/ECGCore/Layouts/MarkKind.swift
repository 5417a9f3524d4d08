/// What a mark on the flat page stands for: a printed lead name, or a sign that belongs to the leads.
package enum MarkKind: Hashable, Codable, Sendable {
  /// The name of a lead.
  case name(Lead)
  /// `-aVR`: aVR printed upside down.
  case invertedAVR
  /// The name of a lead outside the standard twelve and V3R … V9, such as `X` or `CM5`.
  case otherName
  /// The middle of a calibration pulse.
  case pulse
  /// The middle of a stroke that separates two columns.
  case separator

  /// Every kind that is read, in the order of the network's output maps.
  package static let inNetworkOrder: [MarkKind] =
    Lead.standard12.map(MarkKind.name) + [.invertedAVR]
    + ["V3R", "V4R", "V5R", "V6R", "V7", "V8", "V9"].map { .name(Lead($0)) }
    + [.otherName, .pulse, .separator]

  /// Whether this is the name of a lead, known or not.
  package var isName: Bool {
    switch self {
    case .name, .invertedAVR, .otherName: true
    case .pulse, .separator: false
    }
  }

  /// Whether the name is a bare numeral (I, II, III): bars of grid and trace look like these.
  package var isNumeral: Bool {
    switch self {
    case .name(.I), .name(.II), .name(.III): true
    default: false
    }
  }

  /// The lead, if the mark names one we know.
  package var lead: Lead? {
    switch self {
    case .name(let lead): lead
    case .invertedAVR: .aVR
    case .otherName, .pulse, .separator: nil
    }
  }
}

/// One mark seen on the flat page.
package struct PrintedMark: Hashable, Codable, Sendable {
  package var kind: MarkKind
  /// Millimetres of paper to the right of the page's left edge, and down from its top edge.
  package var xMillimeters: Double
  package var yMillimeters: Double
  /// How sure the reader is, 0…1.
  package var score: Double

  package init(kind: MarkKind, xMillimeters: Double, yMillimeters: Double, score: Double) {
    self.kind = kind
    self.xMillimeters = xMillimeters
    self.yMillimeters = yMillimeters
    self.score = score
  }
}
