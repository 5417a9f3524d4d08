import ECGCore
package import ECGNumerics
import Foundation

/// Draws strips of flat pages around one row, with the exact place of its curve.
///
/// What a strip holds is what makes real rows hard: neighbours whose QRS run through this row,
/// names, bars at column borders, calibration pulses, rests of the grid, pale and broken
/// strokes, folds, handwriting. Everything is drawn as *ink*, after paper and colours are gone,
/// so that photos need not be imitated.
package struct CurvePatchGenerator: Sendable {
  /// Pixels per millimetre of a strip.
  package static let pixelsPerMillimeter = 8.0

  /// Columns and rows of a patch.
  package var width = 256
  package var height = 448
  /// The hearts whose leads are drawn, one picked per patch.
  package var sources: [LeadSource]

  package init(sources: [LeadSource]) {
    precondition(!sources.isEmpty, "A patch needs a heart")
    self.sources = sources
  }

  /// Draws one patch.
  package func patch(using numbers: inout SeededGenerator) -> CurvePatch {
    let source = sources[numbers.whole(0...(sources.count - 1))]
    let scene = StripScene(source, width: width, height: height, using: &numbers)
    var (own, ink) = scene.drawnTraces()
    let clutter = scene.drawnClutter(using: &numbers)
    let wear = StripWear(width: width, height: height)
    let columns = wear.strengths(using: &numbers)
    wear.fade(&own, by: columns)
    wear.fade(&ink, by: columns)
    for i in ink.indices { ink[i] = max(ink[i], max(own[i], clutter[i])) }
    wear.wear(&ink, own: &own, using: &numbers)
    return CurvePatch(
      width: width, height: height, ink: ink, curve: scene.curve(), border: scene.border,
      own: own)
  }
}
