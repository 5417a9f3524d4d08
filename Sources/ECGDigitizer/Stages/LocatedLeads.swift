package import ECGCore

/// Which lead is printed where: the result of the stage Locate.
package struct LocatedLeads: Sendable {
  /// The rows that are traces, from top to bottom; placements count them.
  package var rows: [FollowedRow]
  /// The layout, or `nil` where none fits and rows stay unnamed.
  package var layout: LeadLayout?
  /// One placement per lead and row, from top to bottom, left to right.
  package var placements: [LeadPlacement]
  /// What would bring the page upright.
  package var positionNeeded: PagePosition
  /// Separator bars: what lies behind them is hidden.
  package var bars: [PixelBox]
  /// Where, in page columns, bars part one trace from the next or close the rows.
  package var breaks: [Double]
  /// Lead names that touch other ink: what lies there may not be the trace.
  package var coveredNames: [PixelBox] = []
  /// Pixels (`y · width + x`) of lead names that stand free.
  package var namePixels: [Int32] = []
  /// What the relations between leads said, 0…1; `nil` if nothing could be tested.
  package var physicsAgreement: Double?

  package init(
    rows: [FollowedRow], layout: LeadLayout?, placements: [LeadPlacement],
    positionNeeded: PagePosition = .upright,
    bars: [PixelBox] = [], breaks: [Double] = [], physicsAgreement: Double? = nil
  ) {
    self.rows = rows
    self.layout = layout
    self.placements = placements
    self.positionNeeded = positionNeeded
    self.bars = bars
    self.breaks = breaks
    self.physicsAgreement = physicsAgreement
  }
}
