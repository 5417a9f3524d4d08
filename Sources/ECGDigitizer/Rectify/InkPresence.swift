import ECGCore
import ECGImaging

/// Whether a picture without a grid can be paper with a trace on it: bright, even, and with a
/// few long strokes of ink. Landscapes are not even, blank sheets have no ink, text has no
/// long strokes.
struct InkPresence {
  /// The part of the picture that is as light as the paper around it.
  let paperShare: Double
  /// The part of the picture that is much darker than the paper around it.
  let inkShare: Double
  /// The darkest paper against the lightest, 0…1.
  let evenness: Double
  /// The longest stroke, as part of the longer side of the picture.
  let longestStroke: Double

  /// Longer side of the picture that is looked at, in pixels.
  private static let longSide = 800.0

  init(_ photo: Raster<PhotoSpace>) {
    let factor = max(1, Double(max(photo.width, photo.height)) / InkPresence.longSide)
    let raster = photo.resized(by: factor)
    let (w, h) = (raster.width, raster.height)
    var light = Plane<PhotoSpace>(width: w, height: h)
    for k in 0..<(w * h) {
      light.values[k] =
        Float(
          Int(raster.bytes[3 * k]) + Int(raster.bytes[3 * k + 1]) + Int(raster.bytes[3 * k + 2]))
        / 3
    }
    let coarse = light.blockMean(side: 2)
    let radius = max(2, max(w, h) / 80)
    let white = coarse.dilated(radius: radius).boxMean(radius: radius)
    let paper = white.interpolated(by: 0.5, to: raster.size)
    var isInk = [Bool](repeating: false, count: w * h)
    var (papers, inks) = (0, 0)
    for k in 0..<(w * h) {
      let darkness = 1 - light.values[k] / max(paper.values[k], 8)
      if darkness < 0.1 { papers += 1 }
      if darkness > 0.3 {
        inks += 1
        isInk[k] = true
      }
    }
    let sorted = white.values.sorted()
    paperShare = Double(papers) / Double(w * h)
    inkShare = Double(inks) / Double(w * h)
    evenness = Double(sorted[sorted.count / 20] / max(sorted[sorted.count * 19 / 20], 1))
    longestStroke =
      Double(InkPresence.widestPiece(isInk, width: w, height: h)) / Double(max(w, h))
  }

  /// Whether ink on paper is likely.
  var isPageWithTrace: Bool {
    paperShare > 0.75 && evenness > 0.5 && (0.0003...0.15).contains(inkShare)
      && longestStroke > 0.12
  }

  /// The largest extent of a connected piece along x or y.
  private static func widestPiece(_ isInk: [Bool], width: Int, height: Int) -> Int {
    var open = isInk
    var stack: [Int] = []
    var widest = 0
    for start in open.indices where open[start] {
      var (left, right, top, bottom) = (width, 0, height, 0)
      stack.append(start)
      open[start] = false
      while let k = stack.popLast() {
        let (x, y) = (k % width, k / width)
        (left, right) = (min(left, x), max(right, x))
        (top, bottom) = (min(top, y), max(bottom, y))
        for j in max(0, y - 1)...min(height - 1, y + 1) {
          for i in max(0, x - 1)...min(width - 1, x + 1) where open[j * width + i] {
            open[j * width + i] = false
            stack.append(j * width + i)
          }
        }
      }
      widest = max(widest, right - left, bottom - top)
    }
    return widest
  }
}
