import ECGCore
import ECGEvaluation
import ECGFormats
import ECGImaging
import Foundation

/// The picture of a page with truth and reading on it, for reports that gather many pages: text
/// outside the grid is blanked, always.
enum RedactedOverlay {
  /// The picture is no wider, in pixels.
  private static let width = 1200.0
  private static let truthColor = Canvas.Color(hex: 0x15803D)
  private static let readingColor = Canvas.Color(hex: 0xD0021B)

  /// The picture as PNG; `nil` without the page's picture, its document or a known calibration.
  static func png(of page: TruthPage, document: URL?, _ placed: PlacedPage) -> Data? {
    guard let image = page.image, let document,
      let json = try? Data(contentsOf: document),
      let found = try? PageDocument(json: json).digitization,
      let bytes = try? DecodedPhoto.bytes(of: image, limits: DecodingLimits()),
      let photo = try? DecodedPhoto(decoding: bytes).raster, photo.size == found.photoSize,
      let curves = SignalsOnPage(found, placed)
    else { return nil }
    let factor = max(1, Double(photo.width) / width)
    let small = photo.resized(by: factor)
    let canvas = Canvas(width: small.width, height: small.height)
    canvas.draw(small, x: 0, y: 0, opacity: 0.85)
    func drawn(_ points: [Point<PageSpace>]) -> [Canvas.Place] {
      points.map { page in
        let point = found.geometry.photoPoint(page)
        return Canvas.Place(x: (point.x + 0.5) / factor - 0.5, y: (point.y + 0.5) / factor - 0.5)
      }
    }
    canvas.fillOutside(drawn(curves.outline), color: Canvas.Color(hex: 0xE5E7EB))
    canvas.stroke(lines: curves.truth.map(drawn), color: truthColor, width: 1.6)
    canvas.stroke(lines: curves.reading.map(drawn), color: readingColor, width: 0.9)
    let drawing: Raster<DrawingSpace> = canvas.raster()
    return try? drawing.pngData(level: 6)
  }
}
