import ECGCore
import ECGSynthesis

/// The kinds of page on which the stages are scored; each is drawn, so everything about it is known.
enum DrawnCondition: String, CaseIterable {
  case render = "render 3x4+II"
  case copy = "grey scan 6x2"
  case phone = "phone 3x4+II"
  case rows = "green scan 12x1"
  case cabrera = "phone 3x4 Cabrera"
  case fast = "50 mm/s 3x4"
  case flat = "5 mm/mV 3x4+II"
  case turned = "turned phone 6x2+II"

  /// How the page is printed and photographed.
  func renderer() throws -> PageRenderer {
    var style = PageStyle(layout: try LeadLayout(named: layout))
    switch self {
    case .render: return PageRenderer(style)
    case .copy:
      style.makeGrey()
      return PageRenderer(style, effects: .scan(skewDegrees: 1.7))
    case .phone:
      style.dotsPerInch = 250
      return PageRenderer(style, effects: .phone(skewDegrees: -4, perspective: 0.09))
    case .rows:
      style.grid = .coarseOnly
      (style.coarseColor, style.paperColor) = (0x8FC7A2, 0xFCFFFC)
      return PageRenderer(style, effects: .scan(skewDegrees: -0.6))
    case .cabrera:
      style.dotsPerInch = 250
      return PageRenderer(style, effects: .phone(skewDegrees: 2, perspective: 0.05))
    case .fast:
      style.paperSpeed = PaperSpeed(millimetersPerSecond: 50)
      return PageRenderer(style, effects: .scan(skewDegrees: 0.5))
    case .flat:
      style.gain = Gain(millimetersPerMillivolt: 5)
      return PageRenderer(style, effects: .scan(skewDegrees: -0.9))
    case .turned:
      style.dotsPerInch = 250
      var effects = PhotoEffects.phone(skewDegrees: 3, perspective: 0.04)
      effects.quarterTurns = 1
      return PageRenderer(style, effects: effects)
    }
  }

  private var layout: String {
    switch self {
    case .render, .phone, .flat: "3x4+II"
    case .copy: "6x2"
    case .rows: "12x1"
    case .cabrera: "3x4-cabrera+II"
    case .fast: "3x4"
    case .turned: "6x2+II"
    }
  }
}
