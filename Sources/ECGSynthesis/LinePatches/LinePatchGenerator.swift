import ECGCore
import ECGImaging
package import ECGNumerics
import Foundation

/// Draws strips of printed lines: training examples of the network that reads letters.
///
/// Paper, grid, ink and wear are those of ``NamePatchGenerator``; a line runs along the strip's
/// middle, others above and below it, and sometimes a trace through all. Everything is drawn.
package struct LinePatchGenerator: Sendable {
  /// The strip's size, in pixels.
  package var width = 256
  package var height = 32
  /// The height of capitals on the strip, in pixels.
  package var capPixels = 14.0
  /// The part of the strips whose line states a speed or a gain.
  package var statementShare = 0.5
  /// The part of the strips without any line.
  package var emptyShare = 0.1

  private let patches = NamePatchGenerator()

  package init() {}

  /// Draws one strip.
  package func patch(using numbers: inout SeededGenerator) -> LinePatch {
    var style = NameStyle(using: &numbers)
    style.capHeight = min(max(2.3 * exp(numbers.boundedNormal(0, 0.25)), 1.4), 4)
    let scale = capPixels * exp(numbers.uniform(log(0.75), log(1.3))) / style.capHeight
    let size = Double(width) / scale
    // Letters need six pixels or so to be letters.
    let least = 6.5 / style.capHeight
    let source = min(exp(numbers.uniform(log(least), log(3 * least))), 420 / size)
    let paper = patches.paper(using: &numbers)
    let canvas = PatchCanvas(
      millimeters: size, pixels: Int((size * source).rounded()),
      turn: numbers.boundedNormal(0, 0.6) * .pi / 180, stretchX: 1, stretchY: 1, paper: paper)
    patches.drawGrid(on: canvas, using: &numbers)
    let isPhotocopy = numbers.happens(patches.photocopyShare)
    var scene = PatchScene(
      generator: patches, canvas: canvas, paper: paper, isPhotocopy: isPhotocopy, using: &numbers)
    style.opacity = max(style.opacity, scene.styles[0].opacity)

    let middle = PatchPlace(size / 2, size / 2 + numbers.uniform(-0.15, 0.15) * style.capHeight)
    var letters: [LinePatch.Letter] = []
    if !numbers.happens(emptyShare) {
      letters = draw(style, at: middle, on: canvas, ink: scene.textInk, using: &numbers)
    }
    drawNeighbours(of: middle, style, on: canvas, ink: scene.textInk, using: &numbers)
    if numbers.happens(letters.isEmpty ? 0.7 : 0.2) {
      let rows = PatchRows(size: size, nameHeight: style.capHeight, using: &numbers)
      scene.drawStrokes(of: rows, using: &numbers)
    }

    let square = PatchWear(sourcePixels: canvas.pixels, pixels: width, isPhotocopy: isPhotocopy)
      .worn(canvas.colors(), millimeters: size, using: &numbers)
    let top = (width - height) / 2
    for i in letters.indices { letters[i].y -= Double(top) }
    return LinePatch(raster: square.rows(top..<(top + height)), letters: letters)
  }

  /// Writes the line and says where its letters came to stand, in pixels of the whole square.
  private func draw(
    _ style: NameStyle, at middle: PatchPlace, on canvas: PatchCanvas, ink: InkColor,
    using numbers: inout SeededGenerator
  ) -> [LinePatch.Letter] {
    let text = line(using: &numbers)
    let letters = canvas.letters(of: text, style: style)
    guard let first = letters.first, let last = letters.last else { return [] }
    // Short lines stand anywhere on the strip, long ones run over its ends.
    let free = canvas.millimeters / 2 - 0.6 * style.capHeight
    let reach = max(free, last.x - free, -first.x - free)
    let x = middle.x + numbers.uniform(-1, 1) * (free > last.x ? free - last.x : reach)
    canvas.write(text, at: PatchPlace(x, middle.y), style: style, color: ink)
    let scale = Double(width)
    return letters.compactMap { letter in
      guard let kind = PrintedLetter(letter.character) else { return nil }
      let share = canvas.share(of: PatchPlace(x + letter.x, middle.y))
      return LinePatch.Letter(
        letter: kind, x: share.x * scale, y: share.y * scale,
        width: letter.width / canvas.millimeters * scale)
    }
  }

  private func line(using numbers: inout SeededGenerator) -> String {
    let kind = numbers.unit()
    if kind < statementShare { return SettingsText.statement(using: &numbers) }
    if kind < statementShare + 0.2 { return SettingsText.nearMiss(using: &numbers) }
    return (0..<numbers.whole(1...3)).map { _ in HeaderText.random(using: &numbers) }
      .joined(separator: " ")
  }

  /// Lines above and below, whose letters are not read.
  private func drawNeighbours(
    of middle: PatchPlace, _ style: NameStyle, on canvas: PatchCanvas, ink: InkColor,
    using numbers: inout SeededGenerator
  ) {
    for side in [-1.0, 1] where numbers.happens(0.35) {
      canvas.write(
        line(using: &numbers),
        at: PatchPlace(
          middle.x + numbers.uniform(-10, 10),
          middle.y + side * style.capHeight * numbers.uniform(1.55, 2.4)), style: style, color: ink)
    }
  }
}

extension Raster {
  /// Some rows of the picture.
  fileprivate func rows(_ rows: Range<Int>) -> Raster {
    Raster(
      width: width, height: rows.count,
      bytes: Array(bytes[(3 * width * rows.lowerBound)..<(3 * width * rows.upperBound)]))
  }
}
