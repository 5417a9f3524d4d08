/// How fast the paper ran, in millimetres per second: 25, also 50 and 12.5.
public struct PaperSpeed: Hashable, Codable, Sendable {
  /// Millimetres of paper per second.
  public var millimetersPerSecond: Double
  /// Creates a speed in mm/s.
  public init(millimetersPerSecond: Double) { self.millimetersPerSecond = millimetersPerSecond }
}

/// How tall a millivolt is printed, in millimetres: 10, also 5 and 20.
public struct Gain: Hashable, Codable, Sendable {
  /// Millimetres of paper per millivolt.
  public var millimetersPerMillivolt: Double
  /// Creates a gain in mm/mV.
  public init(millimetersPerMillivolt: Double) {
    self.millimetersPerMillivolt = millimetersPerMillivolt
  }
}

/// How a quantity of the calibration is known.
public enum Evidence: String, Hashable, Codable, Sendable, CaseIterable {
  /// Measured on the printed grid.
  case grid
  /// Measured on the printed calibration pulse.
  case calibrationPulse
  /// Read as text on the page, such as "25 mm/s".
  case printedText
  /// Given by the person who ran the program.
  case declared
  /// Nothing on the page said so: the usual value was taken.
  case assumed
}

/// One observation behind a calibration, kept so that a person can judge it.
public struct EvidenceItem: Hashable, Codable, Sendable {
  /// How it is known.
  public var kind: Evidence
  /// What was seen, in words without any text of the page, such as "pulse 10.1 mm × 5.0 mm".
  public var note: String

  /// Creates an observation.
  public init(kind: Evidence, note: String) {
    self.kind = kind
    self.note = note
  }
}

/// How millimetres of paper become seconds and millivolts, and how we know.
public struct Calibration: Hashable, Codable, Sendable {
  /// How fast the paper ran.
  public var paperSpeed: PaperSpeed
  /// How the paper speed is known.
  public var paperSpeedEvidence: Evidence
  /// The gain of I, II, III, aVR, aVL, aVF.
  public var limbGain: Gain
  /// The gain of V1 … V6 and other chest leads.
  public var chestGain: Gain
  /// How the gains are known.
  public var gainEvidence: Evidence
  /// How the page's millimetre itself is known: the grid, the pulse, declared or assumed.
  public var scaleEvidence: Evidence
  /// Everything that was seen, in the order in which it was judged.
  public var items: [EvidenceItem]

  /// Creates a calibration.
  public init(
    paperSpeed: PaperSpeed, paperSpeedEvidence: Evidence, limbGain: Gain, chestGain: Gain,
    gainEvidence: Evidence, scaleEvidence: Evidence, items: [EvidenceItem] = []
  ) {
    self.paperSpeed = paperSpeed
    self.paperSpeedEvidence = paperSpeedEvidence
    self.limbGain = limbGain
    self.chestGain = chestGain
    self.gainEvidence = gainEvidence
    self.scaleEvidence = scaleEvidence
    self.items = items
  }

  /// The gain that `lead` is printed with.
  public func gain(of lead: Lead?) -> Gain { lead?.isLimb ?? true ? limbGain : chestGain }
}
