internal import CCairo

extension Canvas {
  /// How a line of text is set.
  public struct Font: Hashable, Sendable {
    /// The family, such as `DejaVu Sans`; the system chooses another if it is not installed.
    public var family: String
    /// The height of the font in pixels.
    public var size: Double
    /// Whether the letters are bold.
    public var isBold: Bool

    /// Creates a font.
    public init(_ family: String = "DejaVu Sans", size: Double, isBold: Bool = false) {
      self.family = family
      self.size = size
      self.isBold = isBold
    }
  }

  /// Writes one line whose baseline starts at (`x`, `y`), turned clockwise by `radians`.
  public func write(
    _ text: String, x: Double, y: Double, font: Font, color: Color = .black, radians: Double = 0
  ) {
    Canvas.setSource(color, of: context)
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_rotate(context, radians)
    cairo_move_to(context, 0, 0)
    withFont(font) { cairo_show_text(context, text) }
    cairo_restore(context)
  }

  /// The width of `text` in pixels.
  public func width(of text: String, font: Font) -> Double {
    withFont(font) {
      var extents = cairo_text_extents_t()
      cairo_text_extents(context, text, &extents)
      return extents.x_advance
    }
  }

  /// `text` cut into lines no wider than `limit` pixels, at spaces.
  public func lines(of text: String, font: Font, within limit: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty, width(of: longer, font: font) > limit {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private func withFont<Result>(_ font: Font, _ work: () -> Result) -> Result {
    FontUse.alone {
      cairo_select_font_face(
        context, font.family, CAIRO_FONT_SLANT_NORMAL,
        font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
      cairo_set_font_size(context, font.size)
      defer {
        // The canvas lets go of its font here, not in its own time.
        cairo_set_font_face(context, nil)
      }
      return work()
    }
  }
}
