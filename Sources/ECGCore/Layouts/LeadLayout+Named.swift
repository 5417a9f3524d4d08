extension LeadLayout {
  /// The layout that a person calls `name`: a known layout, then any rhythm strips, as in
  /// `3x4+II`, `3x4+V1+II+V5` or `6x2-cabrera`. Capitals do not matter; `×` may stand for `x`.
  ///
  /// - Throws: ``UnknownLayout`` if the layout or one of its rhythm leads is not known.
  public init(named name: String) throws(UnknownLayout) {
    let parts = name.filter { !$0.isWhitespace }.split(
      separator: "+", omittingEmptySubsequences: false)
    let base = parts.first?.lowercased().replacing("×", with: "x") ?? ""
    guard let layout = LeadLayout.known.first(where: { $0.name.lowercased() == base }) else {
      throw UnknownLayout(name: name, problem: .layout(base))
    }
    var strips: [Lead?] = []
    for part in parts.dropFirst() {
      guard let lead = Lead(anySpelling: String(part)) else {
        throw UnknownLayout(name: name, problem: .rhythmLead(String(part)))
      }
      strips.append(lead)
    }
    self = layout.withRhythmLeads(strips)
  }
}

extension LeadLayout {
  /// Whether `other` is this layout, whatever strips either has.
  package func isBody(of other: LeadLayout) -> Bool {
    other.name.hasPrefix(name.prefix { $0 != "+" })
  }
}

/// A layout was asked for by a name that means none.
public struct UnknownLayout: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which part of the name is not understood.
  public enum Problem: Hashable, Sendable {
    /// The part before the first `+`.
    case layout(String)
    /// A part after a `+`.
    case rhythmLead(String)
  }

  /// The name as given.
  public var name: String
  /// What is wrong with it.
  public var problem: Problem

  /// Creates the error.
  public init(name: String, problem: Problem) {
    self.name = name
    self.problem = problem
  }

  /// What is wrong and what is known.
  public var description: String {
    switch problem {
    case .layout(let base):
      let names = LeadLayout.known.map(\.name).joined(separator: ", ")
      return """
        There is no layout called "\(base)". Known layouts: \(names); add rhythm strips with +, \
        as in 3x4+II. Leave the layout to be read from the page with: auto.
        """
    case .rhythmLead(let part):
      return """
        "\(part)" in "\(name)" is not a lead. A rhythm strip is one of I, II, III, aVR, aVL, aVF, \
        V1 to V9 or V3R to V6R, as in 3x4+II.
        """
    }
  }
}
