import CCairo

extension PatchCanvas {
  /// Writes `text` with its middle at `place`.
  ///
  /// - Returns: its width in millimetres, 0 if there is nothing to write.
  @discardableResult
  func write(
    _ text: String, at place: PatchPlace, style: NameStyle, color: InkColor,
    scale: Double = 1, quarterTurned: Bool = false
  ) -> Double {
    guard !text.isEmpty else { return 0 }
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_translate(context, place.x, place.y)
    if quarterTurned { cairo_rotate(context, -Double.pi / 2) }
    use(color, opacity: style.opacity)
    let height = style.capHeight * scale
    switch style.face {
    case .outline(let font):
      return font.use(on: context, capHeight: height, stretch: style.stretch) {
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text, &extents)
        cairo_move_to(context, -extents.x_bearing - extents.width / 2, height / 2)
        cairo_show_text(context, text)
        return extents.width
      }
    case .strokes(let font):
      return plot(text, font: font, height: height, stretch: style.stretch)
    }
  }

  /// Draws `text` as a plotter does, its middle at the origin.
  private func plot(_ text: String, font: StrokeFont, height: Double, stretch: Double) -> Double {
    let step = height / 6
    let stepX = step * stretch * 0.95
    let width = font.width(of: text) * stepX
    var left = -width / 2
    for letter in text {
      let glyph = font.glyph(letter)
      for line in glyph.lines {
        let places = line.map { point in
          PatchPlace(
            left + point.x * stepX + font.lean * (3 - point.y) * step, (point.y - 3) * step)
        }
        trace(places, isRound: font.isRound)
      }
      left += (glyph.width + font.spacing) * stepX
    }
    cairo_set_line_width(context, max(font.penShare * height, 0.08))
    cairo_stroke(context)
    return width
  }

  /// Adds a line to the path; corners become curves through the middles of its pieces.
  private func trace(_ places: [PatchPlace], isRound: Bool) {
    guard let first = places.first, let last = places.last else { return }
    cairo_move_to(context, first.x, first.y)
    guard isRound, places.count > 3 else {
      for place in places.dropFirst() { cairo_line_to(context, place.x, place.y) }
      return
    }
    var here = first
    for (corner, next) in zip(places.dropFirst(), places.dropFirst(2)) {
      let end = PatchPlace((corner.x + next.x) / 2, (corner.y + next.y) / 2)
      // A quadratic curve written as a cubic one.
      cairo_curve_to(
        context, (here.x + 2 * corner.x) / 3, (here.y + 2 * corner.y) / 3,
        (end.x + 2 * corner.x) / 3, (end.y + 2 * corner.y) / 3, end.x, end.y)
      here = end
    }
    cairo_line_to(context, last.x, last.y)
  }
}
