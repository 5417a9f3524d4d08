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

  private let parameters: RectifyParameters.Gridless

  init(_ photo: Raster<PhotoSpace>, _ parameters: RectifyParameters.Gridless) {
    self.parameters = parameters
    let factor = max(1, Double(max(photo.width, photo.height)) / parameters.longSide)
    let raster = photo.resized(by: factor)
    let (w, h) = (raster.width, raster.height)
    var light = Plane<PhotoSpace>(width: w, height: h)
    for k in 0..<(w * h) {
      light.values[k] =
        Float(
          Int(raster.bytes[3 * k]) + Int(raster.bytes[3 * k + 1]) + Int(raster.bytes[3 * k + 2]))
        / 3
    }
    let white = PaperWhite(light, block: 2, radius: max(2, max(w, h) / 80))
    let paper = white.plane(size: raster.size)
    var isInk = [Bool](repeating: false, count: w * h)
    var (papers, inks) = (0, 0)
    for k in 0..<(w * h) {
      let darkness = 1 - light.values[k] / max(paper.values[k], 8)
      if darkness < parameters.paperDarkness { papers += 1 }
      if darkness > parameters.inkDarkness {
        inks += 1
        isInk[k] = true
      }
    }
    let sorted = white.levels[0].values.sorted()
    paperShare = Double(papers) / Double(w * h)
    inkShare = Double(inks) / Double(w * h)
    evenness = Double(sorted[sorted.count / 20] / max(sorted[sorted.count * 19 / 20], 1))
    let widest =
      InkComponents(isInk, size: raster.size, largest: raster.size).components
      .map { max($0.columns.count, $0.rows.count) - 1 }.max() ?? 0
    longestStroke = Double(widest) / Double(max(w, h))
  }

  /// Whether ink on paper is likely.
  var isPageWithTrace: Bool {
    paperShare > parameters.leastPaper && evenness > parameters.leastEvenness
      && parameters.inkShares.contains(inkShare) && longestStroke > parameters.leastStroke
  }
}
