import ECGCore
import ECGImaging

/// Which pictures can hold a page at all, by their shape.
///
/// Working memory follows the pixels only where a picture is not much longer than wide: looking at
/// it turned, for one, takes a square of the longer side.
struct PageShape {
  /// The shorter side of the smallest picture that is read, in pixels: 20 mm at 2 px/mm.
  static let shortestSide = 40
  /// The longest strip that is read, in widths: a minute at 25 mm/s on paper of 4 cm.
  static let longest = 40

  /// - Throws: `PageError.tooSmall`, `tooLong`.
  static func check(_ size: PixelSize) throws(PageError) {
    let (short, long) = (min(size.width, size.height), max(size.width, size.height))
    guard short >= shortestSide else {
      throw PageError(
        .tooSmall,
        "The picture has \(size.width) × \(size.height) pixels: an ECG needs at least "
          + "\(shortestSide) either way.",
        remedy: "Give a photo or scan of the whole page at a higher resolution.")
    }
    guard long <= longest * short else {
      throw PageError(
        .tooLong,
        "The picture is a strip of \(size.width) × \(size.height) pixels, \(long / short) times as "
          + "long as wide, where at most \(longest) times are read.",
        remedy: "Cut it into pieces.")
    }
  }
}
