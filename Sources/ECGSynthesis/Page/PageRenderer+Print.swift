internal import ECGCore
internal import ECGImaging

// What is printed besides the traces: grid, words, pulses and marks between leads.
extension PageRenderer {
  func drawGrid(_ plan: PagePlan, on canvas: Canvas) {
    let ppm = plan.pixelsPerMillimeter
    let fine = Canvas.Color(hex: style.fineColor)
    let coarse = Canvas.Color(hex: style.coarseColor)
    switch style.grid {
    case .none: return
    case .fineOnly:
      canvas.stroke(lines: lines(plan, every: 1), color: fine, width: max(0.8, 0.1 * ppm))
    case .coarseOnly:
      canvas.stroke(lines: lines(plan, every: 5), color: coarse, width: max(1, 0.18 * ppm))
    case .fineAndCoarse:
      canvas.stroke(lines: lines(plan, every: 1), color: fine, width: max(0.8, 0.1 * ppm))
      canvas.stroke(lines: lines(plan, every: 5), color: coarse, width: max(1, 0.18 * ppm))
    case .dots:
      let size = max(0.6, 0.11 * ppm)
      for y in stride(from: plan.gridTop, through: plan.gridBottom + 0.5, by: ppm) {
        for x in stride(from: plan.gridLeft, through: plan.gridRight + 0.5, by: ppm) {
          canvas.fill(
            from: Canvas.Place(x: x - size, y: y - size),
            to: Canvas.Place(x: x + size, y: y + size), color: coarse)
        }
      }
      canvas.stroke(lines: lines(plan, every: 5), color: coarse, width: max(0.8, 0.14 * ppm))
    }
  }

  private func lines(_ plan: PagePlan, every millimeters: Double) -> [[Canvas.Place]] {
    let step = millimeters * plan.pixelsPerMillimeter
    let columns = stride(from: plan.gridLeft, through: plan.gridRight + 0.5, by: step).map { x in
      [Canvas.Place(x: x, y: plan.gridTop), Canvas.Place(x: x, y: plan.gridBottom)]
    }
    let rows = stride(from: plan.gridTop, through: plan.gridBottom + 0.5, by: step).map { y in
      [Canvas.Place(x: plan.gridLeft, y: y), Canvas.Place(x: plan.gridRight, y: y)]
    }
    return columns + rows
  }

  func drawWords(_ plan: PagePlan, on canvas: Canvas) {
    let ppm = plan.pixelsPerMillimeter
    let ink = Canvas.Color(hex: style.inkColor)
    let font = Canvas.Font(style.fontFamily, size: 3.6 * ppm)
    let nameFont = Canvas.Font(style.fontFamily, size: style.nameHeight * ppm)
    if let header = style.header {
      canvas.write(header, x: plan.gridLeft, y: plan.gridTop - 5 * ppm, font: font, color: ink)
    }
    if style.hasFooter {
      canvas.write(
        footer, x: plan.gridLeft + 5 * ppm, y: plan.gridBottom - 3 * ppm, font: font, color: ink)
    }
    guard style.hasNames else { return }
    for placement in plan.placements {
      guard let lead = placement.lead else { continue }
      let name = (placement.isInverted ? "-" : "") + lead.rawValue
      canvas.write(
        name, x: placement.startX + 1.5 * ppm, y: placement.baselineY - style.nameRise * ppm,
        font: nameFont, color: ink)
    }
  }

  func drawMarks(_ plan: PagePlan, on canvas: Canvas) {
    let ppm = plan.pixelsPerMillimeter
    let ink = Canvas.Color(hex: style.inkColor)
    let width = style.penWidth * ppm
    for placement in plan.placements {
      let zero = placement.baselineY
      let isLast = placement.isRhythm || placement.column == style.layout.columns - 1
      let bars =
        (style.hasSeparators && placement.column > 0 ? [placement.startX] : [])
        + (style.closesRows && isLast ? [placement.endX] : [])
      for x in bars {
        // Two short strokes that leave the trace between them free.
        for (a, b) in [(-5.0, -2.5), (2.5, 5.0)] {
          canvas.stroke(
            [Canvas.Place(x: x, y: zero + a * ppm), Canvas.Place(x: x, y: zero + b * ppm)],
            color: ink, width: width)
        }
      }
      guard style.hasPulse, placement.column == 0 else { continue }
      let top = zero - style.gain.millimetersPerMillivolt * ppm
      let step = 0.2 * style.paperSpeed.millimetersPerSecond * ppm
      let right = placement.startX - 1.5 * ppm
      let left = right - step
      canvas.stroke(
        [
          Canvas.Place(x: left - 1.5 * ppm, y: zero), Canvas.Place(x: left, y: zero),
          Canvas.Place(x: left, y: top), Canvas.Place(x: right, y: top),
          Canvas.Place(x: right, y: zero), Canvas.Place(x: right + 1.2 * ppm, y: zero),
        ], color: ink, width: width)
    }
  }

  /// Speed and gain as the style writes them.
  private var footer: String {
    let gain = style.gain.millimetersPerMillivolt
    return style.footer
      .replacing("SPEED", with: PageRenderer.short(style.paperSpeed.millimetersPerSecond))
      .replacing("GAIN", with: PageRenderer.short(gain))
      .replacing("CENTIMETERS", with: PageRenderer.short(gain / 10))
  }

  /// A number without a needless `.0`.
  private static func short(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
