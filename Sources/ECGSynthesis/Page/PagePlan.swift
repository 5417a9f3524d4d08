internal import ECGCore

/// Where everything lies on a page, in page pixels; also the truth about it.
struct PagePlan {
  let style: PageStyle
  let pixelsPerMillimeter: Double
  let pageSize: PixelSize
  let placements: [LeadPlacement]
  /// The area of the grid.
  let gridLeft: Double
  let gridTop: Double
  let gridRight: Double
  let gridBottom: Double

  /// Left of the traces: the pulse of 0.2 s with room around it.
  static func pulseRoom(_ speed: PaperSpeed) -> Double { 5 + 0.2 * speed.millimetersPerSecond }

  init(_ style: PageStyle, seconds: Double) {
    self.style = style
    let ppm = style.dotsPerInch / 25.4
    pixelsPerMillimeter = ppm
    let layout = style.layout
    let rowCount = layout.rows + layout.rhythmLeads.count
    let pitch =
      style.rowPitch ?? (rowCount <= 4 ? 30.0 : rowCount <= 7 ? 22 : 15)
      * style.gain.millimetersPerMillivolt / 10
    let speed = style.paperSpeed.millimetersPerSecond
    let above = style.header == nil ? 0 : 12.0
    let below = style.hasFooter ? 10.0 : 4
    let left = style.margin + (style.hasPulse ? PagePlan.pulseRoom(style.paperSpeed) : 3)
    // The grid is a whole number of large squares.
    let gridWidth = ((left - style.margin + seconds * speed + 4) / 5).rounded(.up) * 5
    let gridHeight = ((Double(rowCount) * pitch + 4 + below) / 5).rounded(.up) * 5
    gridLeft = (style.margin * ppm).rounded()
    gridTop = ((style.margin + above) * ppm).rounded()
    gridRight = gridLeft + gridWidth * ppm
    gridBottom = gridTop + gridHeight * ppm
    pageSize = PixelSize(
      width: Int((gridRight + style.margin * ppm).rounded(.up)),
      height: Int((gridBottom + style.margin * ppm).rounded(.up)))

    let firstX = left * ppm
    let top = gridTop
    // Room for the pulse of the first row.
    let first = max(0.55 * pitch, style.gain.millimetersPerMillivolt + 3)
    func baseline(_ row: Int) -> Double { top + (first + Double(row) * pitch) * ppm }
    let columnSeconds = seconds / Double(layout.columns)
    var placements = layout.slots.map { slot in
      let start = Double(slot.column) * columnSeconds
      return LeadPlacement(
        lead: slot.lead, isInverted: slot.isInverted, row: slot.row, column: slot.column,
        startX: firstX + start * speed * ppm, endX: firstX + (start + columnSeconds) * speed * ppm,
        baselineY: baseline(slot.row), startSeconds: start)
    }
    for (index, lead) in layout.rhythmLeads.enumerated() {
      placements.append(
        LeadPlacement(
          lead: lead, row: layout.rows + index, column: 0, isRhythm: true, startX: firstX,
          endX: firstX + seconds * speed * ppm, baselineY: baseline(layout.rows + index),
          startSeconds: 0))
    }
    self.placements = placements
  }

  /// The page column of `seconds` of page time.
  func x(_ placement: LeadPlacement, seconds: Double) -> Double {
    let pixelsPerSecond = style.paperSpeed.millimetersPerSecond * pixelsPerMillimeter
    return placement.startX + (seconds - placement.startSeconds) * pixelsPerSecond
  }

  /// The page row at which `millivolts` are drawn.
  func y(_ placement: LeadPlacement, millivolts: Double) -> Double {
    let printed = placement.isInverted ? -millivolts : millivolts
    return placement.baselineY
      - printed * style.gain.millimetersPerMillivolt * pixelsPerMillimeter
  }
}
