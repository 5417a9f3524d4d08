package import ECGCore
package import ECGImaging
import Foundation

/// A drawn whole page of one layout, as the network that reads names sees it: to measure with,
/// never to train on.
///
/// The traces are only beats; leads do not belong together. Only names and places count here.
package struct NamePage: Sendable {
  package var raster: Raster<PageSpace>
  /// The layout with its rhythm strips.
  package var layout: LeadLayout
  /// Whether names are printed at all.
  package var hasNames: Bool
  /// The printed names and signs, in pixels from the page's corner.
  package var marks: [NamePatch.Mark]
}

/// Draws whole pages of a layout.
package struct NamePageGenerator: Sendable {
  package var pixelsPerMillimeter = 5.0
  private let patches = NamePatchGenerator()

  package init() {}

  /// Draws a page. Traces run at `millimetersPerSecond`.
  package func page(
    _ layout: LeadLayout, hasNames: Bool, millimetersPerSecond: Double,
    using numbers: inout SeededNumbers
  ) -> NamePage {
    let size = 296.0
    let (width, height) = (numbers.uniform(240, 290), numbers.uniform(180, 215))
    let source = numbers.uniform(3, 8)
    let brightness = numbers.uniform(0.78, 1)
    let paper = InkColor(
      red: brightness, green: brightness * numbers.uniform(0.9, 1),
      blue: brightness * numbers.uniform(0.85, 1))
    let canvas = PatchCanvas(
      millimeters: size, pixels: Int(size * source), turn: 0, stretchX: 1, stretchY: 1,
      paper: paper)
    patches.drawGrid(on: canvas, using: &numbers)
    var scene = PatchScene(
      generator: patches, canvas: canvas, paper: paper, isPhotocopy: false, using: &numbers)
    scene.makeLegible(paper: paper)

    let rowCount = layout.rows + layout.rhythmLeads.count
    let top = numbers.uniform(15, 40)
    let free = (height - top - 12) / Double(rowCount)
    let pitch = rowCount < 7 ? min(free, numbers.uniform(20, 40)) : free
    let left = numbers.uniform(8, 22)
    let columnWidth = (width - left - 6) / Double(layout.columns)
    let offset = PatchPlace(
      numbers.uniform(-1, 4) + scene.styles[0].capHeight * 0.6,
      numbers.happens(0.75)
        ? -numbers.uniform(2, 0.3 * pitch + 2) : numbers.uniform(2, min(5, 0.4 * pitch)))
    let rows = PatchRows(
      extent: (left, width - 6), levels: (0..<rowCount).map { top + (Double($0) + 0.5) * pitch },
      bodyRows: layout.rows, pitch: pitch,
      columnStarts: (0..<layout.columns).map { left + Double($0) * columnWidth },
      nameOffset: offset, hasPulse: left > 11 && numbers.happens(0.7),
      beatsPeriod: numbers.uniform(12, 30) * millimetersPerSecond / 25, using: &numbers)
    if hasNames { scene.draw(layout, rows, using: &numbers) }
    scene.drawPageHeader(width: width, height: height, top: top, using: &numbers)
    scene.drawStrokes(of: rows, using: &numbers)

    let pixels = Int(size * pixelsPerMillimeter)
    let square = PatchWear(sourcePixels: canvas.pixels, pixels: pixels, isPhotocopy: false)
      .worn(canvas.colors(), millimeters: size, using: &numbers)
    let raster = square.cropped(
      width: Int(width * pixelsPerMillimeter), height: Int(height * pixelsPerMillimeter))
    let marks = scene.marks.map {
      NamePatch.Mark(
        kind: $0.kind, x: $0.x * pixelsPerMillimeter, y: $0.y * pixelsPerMillimeter,
        width: $0.width * pixelsPerMillimeter, height: $0.height * pixelsPerMillimeter)
    }
    return NamePage(raster: raster, layout: layout, hasNames: hasNames, marks: marks)
  }
}

extension Raster {
  /// The upper left part of the picture.
  fileprivate func cropped(width: Int, height: Int) -> Raster {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * width * height)
    for y in 0..<height {
      bytes += self.bytes[(3 * y * self.width)..<(3 * (y * self.width + width))]
    }
    return Raster(width: width, height: height, bytes: bytes)
  }
}
