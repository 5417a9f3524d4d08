import CCairo

extension PatchCanvas {
  /// A letter of a line and where it stands, in millimetres from the middle of the line.
  struct Letter {
    var character: Character
    /// The middle of its ink.
    var x: Double
    var width: Double
  }

  /// The letters of `text` as ``write(_:at:style:color:scale:quarterTurned:)`` sets them, from left
  /// to right; spaces are left out.
  func letters(of text: String, style: NameStyle) -> [Letter] {
    switch style.face {
    case .outline(let font):
      return font.use(on: context, capHeight: style.capHeight, stretch: style.stretch) {
        let whole = extents(text)
        let left = -whole.x_bearing - whole.width / 2
        return text.indices.compactMap { index in
          let letter = extents(String(text[index]))
          guard letter.width > 0 else { return nil }
          let advance = extents(String(text[..<index])).x_advance
          return Letter(
            character: text[index], x: left + advance + letter.x_bearing + letter.width / 2,
            width: letter.width)
        }
      }
    case .strokes(let font):
      let stepX = style.capHeight / 6 * style.stretch * 0.95
      var left = -font.width(of: text) * stepX / 2
      var letters: [Letter] = []
      for character in text {
        let glyph = font.glyph(character)
        let (low, high) = (
          glyph.lines.joined().map(\.x).min() ?? 0, glyph.lines.joined().map(\.x).max() ?? 0
        )
        if !glyph.lines.isEmpty {
          letters.append(
            Letter(
              character: character, x: left + (low + high) / 2 * stepX,
              width: max(high - low, 0.5) * stepX))
        }
        left += (glyph.width + font.spacing) * stepX
      }
      return letters
    }
  }

  private func extents(_ text: String) -> cairo_text_extents_t {
    var extents = cairo_text_extents_t()
    if !text.isEmpty { cairo_text_extents(context, text, &extents) }
    return extents
  }
}
