import CCairo

/// Letters as a pen plotter draws them: lines between points of a coarse grid.
///
/// Drawn for this project. `x` runs 0…4, `y` from 0, the cap line, to 6, the base line.
struct StrokeFont: Hashable, Sendable {
  /// The width of the pen as a part of the cap height.
  var penShare = 0.1
  /// How far letters lean to the right, as a part of their height.
  var lean = 0.0
  /// Whether corners are rounded.
  var isRound = false
  /// Whether I, V and 1 have feet.
  var hasFeet = false
  /// The space between letters, in grid steps.
  var spacing = 1.6

  /// The lines of one letter.
  struct Glyph {
    var lines: [[(x: Double, y: Double)]]
    var width: Double
  }

  private static let glyphs = read(StrokeFontTable.plain)
  private static let footed = read(StrokeFontTable.footed)

  private static func read(_ table: String) -> [Character: Glyph] {
    var glyphs: [Character: Glyph] = [:]
    for line in table.split(separator: "\n") {
      guard let letter = line.first else { continue }
      let lines = line.dropFirst(2).split(separator: ";").map { part in
        part.split(separator: " ").compactMap { pair -> (x: Double, y: Double)? in
          let digits = pair.compactMap(\.wholeNumberValue)
          return digits.count == 2 ? (Double(digits[0]), Double(digits[1])) : nil
        }
      }
      glyphs[letter] = Glyph(lines: lines, width: lines.joined().map(\.x).max() ?? 0)
    }
    return glyphs
  }

  /// The lines of `letter`; a capital stands in for a small letter that is not drawn.
  func glyph(_ letter: Character) -> Glyph {
    if hasFeet, let glyph = StrokeFont.footed[letter] { return glyph }
    if let glyph = StrokeFont.glyphs[letter] { return glyph }
    let capital = letter.uppercased().first ?? letter
    return StrokeFont.glyphs[capital] ?? Glyph(lines: [], width: 2)
  }

  /// The width of `text` in grid steps.
  func width(of text: String) -> Double {
    text.reduce(-spacing) { $0 + glyph($1).width + spacing }
  }
}
