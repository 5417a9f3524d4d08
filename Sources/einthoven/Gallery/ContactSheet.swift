import ECGImaging
import Foundation

/// Some overlays on one picture, two side by side, each with its page's name.
struct ContactSheet {
  let pages: ArraySlice<GalleryPage>

  private static let width = 1180
  private static let height = 560
  private static let caption = 46
  private static let gap = 14

  /// Draws the sheet.
  func raster() -> Raster<DrawingSpace> {
    let (width, height, gap) = (Self.width, Self.height, Self.gap)
    let columns = min(2, pages.count)
    let rows = (pages.count + columns - 1) / columns
    let cell = height + Self.caption + gap
    let canvas = Canvas(width: columns * (width + gap) + gap, height: rows * cell + gap)
    for (k, page) in pages.enumerated() {
      let x = gap + k % columns * (width + gap)
      let y = gap + k / columns * cell
      let name = Canvas.Font(size: 19, isBold: true)
      canvas.write(page.name, x: Double(x), y: Double(y + 18), font: name)
      let note = canvas.lines(
        of: page.caption, font: Canvas.Font(size: 15), within: Double(width)
      ).first
      canvas.write(note ?? "", x: Double(x), y: Double(y + 39), font: Canvas.Font(size: 15))
      guard let file = page.picture, let overlay = try? DecodedPhoto(contentsOf: file).raster else {
        continue
      }
      let factor = max(
        Double(overlay.width) / Double(width), Double(overlay.height) / Double(height), 1)
      canvas.draw(overlay.resized(by: factor), x: x, y: y + Self.caption)
    }
    return canvas.raster()
  }
}
