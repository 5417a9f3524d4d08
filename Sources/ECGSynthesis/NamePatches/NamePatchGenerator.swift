package import ECGCore
import ECGImaging
package import ECGNumerics
import Foundation

/// Draws training patches for the network that reads lead names.
///
/// A patch is a piece of a page: paper, grid, traces with pulses and separators, names at
/// their usual place beside the trace or scattered, header text and strokes that are no
/// names; then light, blur, sensor noise, compression. Everything is drawn; no picture of a
/// real page goes in.
///
/// Non-goal: whole pages with consistent leads. The network sees 51 mm at a time and the
/// fit of layouts knows the rest.
package struct NamePatchGenerator: Sendable {
  /// Pixels of a patch's side.
  package var pixels = 256
  /// Of the flat page that is imitated.
  package var pixelsPerMillimeter = 5.0
  /// The part of the patches whose names stand in rows and columns.
  package var pageLikeShare = 0.65
  /// The part of the patches that lie mirrored or turned.
  package var turnedShare = 0.14
  /// The part of the patches that are black and white only.
  package var photocopyShare = 0.06
  /// The part of the names that a stroke of the trace goes through.
  package var struckShare = 0.15
  /// How often each kind of mark is drawn; pulses and separators come with the rows.
  package var frequency: [MarkKind: Double] = [
    .name(.I): 2, .name(.II): 2, .name(.III): 2, .invertedAVR: 0.8, .otherName: 0.35,
    .name(Lead("V3R")): 0.35, .name(Lead("V4R")): 0.45, .name(Lead("V5R")): 0.25,
    .name(Lead("V6R")): 0.2, .name(Lead("V7")): 0.4, .name(Lead("V8")): 0.4,
    .name(Lead("V9")): 0.4, .pulse: 0, .separator: 0,
  ]

  package init() {}

  /// Draws one patch.
  package func patch(using numbers: inout SeededGenerator) -> NamePatch {
    let size = Double(pixels) / pixelsPerMillimeter
    let source =
      numbers.happens(0.75) ? exp(numbers.uniform(log(2.3), log(9))) : numbers.uniform(5, 8)
    let paper = self.paper(using: &numbers)
    let scale = numbers.uniform(0.95, 1.05)
    let canvas = PatchCanvas(
      millimeters: size, pixels: Int((size * source).rounded()),
      turn: numbers.boundedNormal(0, 1.3) * .pi / 180,
      stretchX: scale * numbers.uniform(0.98, 1.02),
      stretchY: scale, paper: paper)
    drawGrid(on: canvas, using: &numbers)
    let isPhotocopy = numbers.happens(photocopyShare)
    var scene = PatchScene(
      generator: self, canvas: canvas, paper: paper, isPhotocopy: isPhotocopy, using: &numbers)
    scene.draw(using: &numbers)

    let marks = scene.marks.map { mark in
      let share = canvas.share(of: PatchPlace(mark.x, mark.y))
      return NamePatch.Mark(
        kind: mark.kind, x: share.x * Double(pixels), y: share.y * Double(pixels),
        width: mark.width * pixelsPerMillimeter, height: mark.height * pixelsPerMillimeter)
    }
    let raster = PatchWear(sourcePixels: canvas.pixels, pixels: pixels, isPhotocopy: isPhotocopy)
      .worn(canvas.colors(), millimeters: size, using: &numbers)
    let patch = NamePatch(raster: raster, marks: marks, position: .upright)
    return numbers.happens(turnedShare) ? patch.turned(using: &numbers) : patch
  }

  func paper(using numbers: inout SeededGenerator) -> InkColor {
    let brightness = numbers.uniform(0.76, 1)
    let tint = numbers.pick([0, 0.05, 0.05, 0.2])
    return InkColor(
      red: brightness * (1 - tint * numbers.unit()),
      green: brightness * (1 - tint * numbers.unit()),
      blue: brightness * (1 - tint * numbers.unit()))
  }
}

extension NamePatch {
  /// The patch mirrored, turned, or both.
  func turned(using numbers: inout SeededGenerator) -> NamePatch {
    let turns = numbers.whole(0...3)
    let isMirrored = turns == 0 || numbers.happens(0.5)
    var patch = self
    if isMirrored { patch.raster = raster.oriented(byEXIF: 2) }
    patch.raster = patch.raster.turned(quarterTurns: turns)
    let side = Double(raster.width)
    patch.marks = marks.map { mark in
      var mark = mark
      if isMirrored { mark.x = side - mark.x }
      for _ in 0..<turns {
        (mark.x, mark.y) = (side - mark.y, mark.x)
        (mark.width, mark.height) = (mark.height, mark.width)
      }
      return mark
    }
    patch.position = turns % 2 == 1 ? .onItsSide : .flipped
    return patch
  }
}
