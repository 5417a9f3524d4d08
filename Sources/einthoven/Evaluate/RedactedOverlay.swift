import ECGCore
import ECGEvaluation
import ECGFormats
import ECGImaging
import Foundation

/// The picture of a page with what was found on it, for reports that gather many pages: text
/// outside the grid is blanked, always.
enum RedactedOverlay {
  /// The picture as PNG; `nil` without the page's picture or its full document.
  static func png(of page: TruthPage, document: URL?) -> Data? {
    guard let image = page.image, let document,
      let json = try? Data(contentsOf: document),
      let found = try? PageDocument(json: json).digitization,
      let bytes = try? DecodedPhoto.bytes(of: image, limits: DecodingLimits()),
      let photo = try? DecodedPhoto(decoding: bytes),
      photo.raster.size == found.photoSize
    else { return nil }
    let overlay = OverlayPicture(of: found, on: photo.raster, redacted: true).raster()
    return try? overlay.pngData(level: 6)
  }
}
