/// "Is this ink?": how dark a pixel of the ink map is, from bare paper to solid ink.
///
/// ``InkMap/ink`` is 0 on paper and 1 in full ink; thin or steep strokes, blur and what is left of
/// grid lines lie between. Every question asks for the level that its errors allow: where ink that
/// is missed costs more, a paler one; where a rest of the grid would be taken for a stroke, a darker
/// one. A level that grows sees less ink, and less that is none.
package enum InkLevel {
  /// Up to here paper is bare: nobody's ink, and nothing for a curve to run on.
  package static let bare: Float = 0.15
  /// Below here a stroke has ended, seen along a line across it.
  package static let faint: Float = 0.2
  /// Ink that a trace is grown into: steep strokes are thin and pale; rests of the grid stay below.
  package static let pale: Float = 0.28
  /// Ink that makes a row, a letter, or the side of a stroke.
  package static let plain: Float = 0.4
  /// Ink of words that may touch a trace: letters hold together, and let go of their neighbours.
  package static let word: Float = 0.42
  /// Ink of strokes that must be told from the grid's upright lines: legs of pulses, thin bars.
  package static let stroke: Float = 0.45
  /// Ink of solid bars.
  package static let solid: Float = 0.5
}
