public import ECGCore
public import ECGImaging
import ECGNumerics
public import Foundation

/// The pages of the folder `Examples`: drawn by this project from hearts that never beat.
public enum ExamplePage: String, CaseIterable, Sendable {
  case scan = "scan-3x4"
  case copy = "grey-6x2"
  case phone = "phone-3x4"
  case rows = "rows-12x1"

  /// The file's name.
  public var fileName: String { rawValue + (self == .scan ? ".png" : ".jpg") }

  /// Draws the page; always the same.
  ///
  /// - Throws: `PageError.cannotWrite` if memory does not suffice.
  public func make() throws(PageError) -> (
    file: Data, photo: Raster<PhotoSpace>, truth: Digitization
  ) {
    var generator = SeededGenerator(seed: seed)
    // On close rows a heart of middling waves: neighbours may touch, not cross.
    let heart =
      self == .copy
      ? SyntheticHeart(beatsPerMinute: 74) : SyntheticHeart.random(using: &generator)
    let recording = heart.recording(using: &generator)
    let (photo, truth) = renderer.render(recording, using: &generator)
    let file =
      self == .scan
      ? try photo.pngData(level: 9, pixelsPerInch: renderer.style.dotsPerInch)
      : try photo.jpegData(quality: self == .phone ? 72 : 80)
    return (file, photo, truth)
  }

  private var seed: UInt64 {
    switch self {
    case .scan: 11
    case .copy: 22
    case .phone: 13
    case .rows: 14
    }
  }

  private var layoutName: String {
    switch self {
    case .scan, .phone: "3x4+II"
    case .copy: "6x2"
    case .rows: "12x1"
    }
  }

  private var renderer: PageRenderer {
    let layout =
      LeadLayout(drawable: layoutName)
      ?? LeadLayout(name: layoutName, rows: 0, columns: 1, slots: [])
    var style = PageStyle(layout: layout)
    style.dotsPerInch = 150
    switch self {
    case .scan: return PageRenderer(style)
    case .copy:
      style.makeGrey()
      return PageRenderer(style, effects: .scan(skewDegrees: 1.7))
    case .phone: return PageRenderer(style, effects: .phone(skewDegrees: -4, perspective: 0.09))
    case .rows:
      style.grid = .coarseOnly
      (style.coarseColor, style.paperColor) = (0x8FC7A2, 0xFCFFFC)
      return PageRenderer(style, effects: .scan(skewDegrees: -0.6))
    }
  }
}
