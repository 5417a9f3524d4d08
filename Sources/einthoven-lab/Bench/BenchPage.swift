import ECGCore
import ECGImaging
import ECGNumerics
import ECGSynthesis

/// The two pages that are measured: always the same pixels.
enum BenchPage {
  /// A flat page of 2200 × 1700 pixels and a phone photo of 4000 × 2250.
  static func drawn() throws -> [(name: String, photo: Raster<PhotoSpace>)] {
    var generator = SeededGenerator(seed: 1)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    var style = PageStyle(layout: try LeadLayout(named: "3x4+II"))
    style.dotsPerInch = 190
    let page = PageRenderer(style).render(recording, using: &generator).photo
    style.dotsPerInch = 300
    let effects = PhotoEffects.phone(skewDegrees: -3, perspective: 0.06)
    let photo = PageRenderer(style, effects: effects).render(recording, using: &generator).photo
    return [
      ("flat", centred(page, width: 2200, height: 1700, color: style.paperColor)),
      ("phone", centred(photo, width: 4000, height: 2250, color: effects.backgroundColor)),
    ]
  }

  private static func centred(
    _ photo: Raster<PhotoSpace>, width: Int, height: Int, color: UInt32
  ) -> Raster<PhotoSpace> {
    let canvas = Canvas(width: width, height: height, background: Canvas.Color(hex: color))
    canvas.draw(photo, x: (width - photo.width) / 2, y: (height - photo.height) / 2)
    return canvas.raster()
  }
}
