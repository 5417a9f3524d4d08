/// One place of a layout: the lead printed in a column of a row.
public struct LeadSlot: Hashable, Codable, Sendable {
  /// The lead that is printed there.
  public var lead: Lead
  /// Whether the page prints the lead upside down, as −aVR in Cabrera order.
  public var isInverted: Bool
  /// Counted from the top, 0 first.
  public var row: Int
  /// Counted from the left, 0 first.
  public var column: Int

  /// Creates a slot.
  public init(lead: Lead, isInverted: Bool = false, row: Int, column: Int) {
    self.lead = lead
    self.isInverted = isInverted
    self.row = row
    self.column = column
  }
}

/// A way to arrange leads on a page: a template, not a place on a particular page.
///
/// Rhythm strips follow the rows of slots, each as wide as all columns together.
public struct LeadLayout: Hashable, Codable, Sendable {
  /// The short name, such as `3x4+II`.
  public var name: String
  /// Rows of slots, without the rhythm strips.
  public var rows: Int
  /// Columns of slots.
  public var columns: Int
  /// One slot per row and column, row by row.
  public var slots: [LeadSlot]
  /// The leads of the rhythm strips, from top to bottom. `nil` where a strip's lead is not known.
  public var rhythmLeads: [Lead?]
  /// `standard` or `cabrera`.
  public var order: String

  /// Creates a layout.
  public init(
    name: String, rows: Int, columns: Int, slots: [LeadSlot], rhythmLeads: [Lead?] = [],
    order: String = "standard"
  ) {
    self.name = name
    self.rows = rows
    self.columns = columns
    self.slots = slots
    self.rhythmLeads = rhythmLeads
    self.order = order
  }
}

/// Where one trace is printed on this page.
public struct LeadPlacement: Hashable, Codable, Sendable {
  /// The lead, or `nil` if its name is not known.
  public var lead: Lead?
  /// Whether the page prints the lead upside down, as −aVR.
  public var isInverted: Bool
  /// The printed row, counted from the top of the page, 0 first.
  public var row: Int
  /// The printed column, 0 first. A rhythm strip has column 0 and ``isRhythm``.
  public var column: Int
  /// Whether this is a rhythm strip: it repeats a lead over the whole width.
  public var isRhythm: Bool
  /// The first page pixel column of the trace, to a fraction of a pixel.
  public var startX: Double
  /// The end of the trace, in page pixel columns.
  public var endX: Double
  /// The zero line (isoelectric level) in page pixel rows.
  public var baselineY: Double
  /// Page time at ``startX``, in seconds; the first column starts at 0.
  public var startSeconds: Double

  /// Creates a placement.
  public init(
    lead: Lead?, isInverted: Bool = false, row: Int, column: Int, isRhythm: Bool = false,
    startX: Double, endX: Double, baselineY: Double, startSeconds: Double
  ) {
    self.lead = lead
    self.isInverted = isInverted
    self.row = row
    self.column = column
    self.isRhythm = isRhythm
    self.startX = startX
    self.endX = endX
    self.baselineY = baselineY
    self.startSeconds = startSeconds
  }
}
