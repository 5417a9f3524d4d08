public import ECGCore

/// A digitized page for the eye: left the photo with grid, leads and traces as they were found,
/// right the signals on a clean grid, and beneath them what a person should know.
///
/// Not for measuring: the signals are in the recording.
public struct OverlayPicture {
  let digitization: Digitization
  let photo: Raster<PhotoSpace>
  /// Whether everything outside the traces' area is blanked, names and dates with it.
  let isRedacted: Bool

  /// Creates the picture of what was found on `photo`.
  public init(of digitization: Digitization, on photo: Raster<PhotoSpace>, redacted: Bool = false) {
    self.digitization = digitization
    self.photo = photo
    self.isRedacted = redacted
  }

  static let margin = 24.0
  static let titleHeight = 44.0
  static let photoWidth = 1380.0
  static let chartWidth = 1520.0
  /// No photo is drawn taller than this; the width follows.
  static let photoHeight = 1700.0
  static let text = Canvas.Color(hex: 0x1B1F24)
  static let faint = Canvas.Color(hex: 0x6B7280)

  /// Draws the picture; at most 3000 pixels wide.
  public func raster() -> Raster<DrawingSpace> {
    let margin = OverlayPicture.margin
    let photoPanel = PhotoPanel(
      digitization: digitization, photo: photo, isRedacted: isRedacted,
      factor: max(
        Double(photo.width) / OverlayPicture.photoWidth,
        Double(photo.height) / OverlayPicture.photoHeight))
    let chart = SignalChart(
      digitization, width: OverlayPicture.chartWidth, tallest: OverlayPicture.photoHeight)
    let chartX = (2 * margin + photoPanel.width).rounded()
    let top = margin + OverlayPicture.titleHeight
    let notes = FindingNotes(digitization, width: chart.width)
    let left = top + photoPanel.height
    let right = top + chart.height + margin + notes.height
    let canvas = Canvas(
      width: Int(chartX + chart.width + margin), height: Int((max(left, right) + margin).rounded()))

    title(
      "As found on the page", detail: "\(photo.width) × \(photo.height) pixels", x: margin, canvas)
    title("Signals", detail: calibration, x: chartX, canvas)
    photoPanel.draw(on: canvas, x: margin, y: top)
    chart.draw(on: canvas, x: chartX, y: top)
    notes.draw(on: canvas, x: chartX, y: top + chart.height + margin)
    return canvas.raster()
  }

  private func title(_ title: String, detail: String, x: Double, _ canvas: Canvas) {
    let font = Canvas.Font(size: 24, isBold: true)
    let y = OverlayPicture.margin + 24
    canvas.write(title, x: x, y: y, font: font, color: OverlayPicture.text)
    let after = x + canvas.width(of: title, font: font) + 16
    canvas.write(
      detail, x: after, y: y, font: Canvas.Font(size: 19), color: OverlayPicture.faint)
  }

  private var calibration: String {
    let layout = digitization.layout?.name ?? "no known layout"
    guard let c = digitization.calibration else { return layout }
    let limb = OverlayPicture.short(c.limbGain.millimetersPerMillivolt)
    let chest = OverlayPicture.short(c.chestGain.millimetersPerMillivolt)
    let gain = limb == chest ? limb : "limb \(limb), chest \(chest)"
    let speed = OverlayPicture.short(c.paperSpeed.millimetersPerSecond)
    return "\(layout) · \(speed) mm/s (\(OverlayPicture.word(c.paperSpeedEvidence)))"
      + " · \(gain) mm/mV (\(OverlayPicture.word(c.gainEvidence)))"
  }

  private static func word(_ evidence: Evidence) -> String {
    switch evidence {
    case .grid: "grid"
    case .calibrationPulse: "pulse"
    case .printedText: "printed"
    case .declared: "declared"
    case .assumed: "assumed"
    }
  }

  /// A number with at most two decimals.
  static func short(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
    if rest == 0 { return "\(whole)" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// A colour that neighbouring leads do not share and that no paper has.
  static func color(of placement: LeadPlacement) -> Canvas.Color {
    let palette: [UInt32] = [0x0B5FD0, 0xC2410C, 0x15803D, 0x8B2FC9, 0x0E7490, 0xB91C5C]
    return Canvas.Color(hex: palette[(placement.row + 2 * placement.column) % palette.count])
  }
}
