package import ECGCore

/// What the page states of paper speed and gain, where its statements agree.
package struct StatedSettings: Hashable, Sendable {
  /// `nil` where none is stated, or several that differ.
  package var paperSpeed: PaperSpeed?
  /// `nil` where none is stated, or several that differ.
  package var gain: Gain?
  /// Whether several paper speeds, or several gains, are stated.
  package var hasSeveralSpeeds: Bool
  package var hasSeveralGains: Bool
  /// How sure each reading that counts is, 0…1.
  package var scores: [Double]

  package init(_ statements: [PrintedText]) {
    var speeds: Set<PaperSpeed> = []
    var gains: Set<Gain> = []
    scores = []
    for statement in statements {
      switch statement.meaning {
      case .paperSpeed(let speed): speeds.insert(speed)
      case .gain(let gain): gains.insert(gain)
      case .lead, .invertedLead: continue
      }
      scores.append(statement.score)
    }
    paperSpeed = speeds.count == 1 ? speeds.first : nil
    gain = gains.count == 1 ? gains.first : nil
    hasSeveralSpeeds = speeds.count > 1
    hasSeveralGains = gains.count > 1
  }

  /// Nothing is stated.
  package static let none = StatedSettings([])
}
