/// Something that was read on the page, and where it stands.
///
/// Only what the leads need is read: names, paper speed and gain.
public struct PrintedText: Hashable, Codable, Sendable {
  /// What the text says.
  public enum Meaning: Hashable, Codable, Sendable {
    /// The name of a lead.
    case lead(Lead)
    /// The name of a lead printed upside down, as in −aVR.
    case invertedLead(Lead)
    /// A paper speed.
    case paperSpeed(PaperSpeed)
    /// A gain.
    case gain(Gain)
  }

  /// What the text says.
  public var meaning: Meaning
  /// Its middle.
  public var middle: Point<PageSpace>
  /// Its width in page pixels, where it was measured.
  public var width: Double?
  /// How sure the reader is, 0…1: of a statement, of its least sure letter.
  public var score: Double

  /// Creates a reading.
  public init(
    _ meaning: Meaning, middle: Point<PageSpace>, width: Double? = nil, score: Double
  ) {
    self.meaning = meaning
    self.middle = middle
    self.width = width
    self.score = score
  }
}
