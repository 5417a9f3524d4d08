import CCairo

/// Grey paper to draw ink on, in pixels; antialiased.
final class StripCanvas {
  let width: Int
  let height: Int
  let context: OpaquePointer
  private let surface: OpaquePointer

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(width), Int32(height))
    context = cairo_create(surface)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    cairo_set_source_rgba(context, 0, 0, 0, 1)
    // The middle of pixel (x, y) is the place (x, y).
    cairo_translate(context, 0.5, 0.5)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Draws a line through `places`, widths in pixels; `dash` is on, off, on, …
  func stroke(_ places: [(x: Double, y: Double)], width: Double, dash: [Double] = []) {
    guard let first = places.first else { return }
    cairo_move_to(context, first.x, first.y)
    for place in places.dropFirst() { cairo_line_to(context, place.x, place.y) }
    cairo_set_line_width(context, width)
    if !dash.isEmpty { cairo_set_dash(context, dash, Int32(dash.count), 0) }
    cairo_stroke(context)
    if !dash.isEmpty { cairo_set_dash(context, nil, 0, 0) }
  }

  /// Writes texts, each with its lower left corner at a place.
  func write(
    _ texts: [(text: String, x: Double, y: Double)], font: OutlineFont, capHeight: Double,
    stretch: Double
  ) {
    font.use(on: context, capHeight: capHeight, stretch: stretch) {
      for (text, x, y) in texts {
        cairo_move_to(context, x, y)
        cairo_show_text(context, text)
      }
    }
  }

  /// The ink, 0…1, row by row.
  func ink() -> [Float] {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let bytes = cairo_image_surface_get_data(surface) else {
      return [Float](repeating: 0, count: width * height)
    }
    return [Float](unsafeUninitializedCapacity: width * height) { out, count in
      for y in 0..<height {
        for x in 0..<width { out[y * width + x] = Float(bytes[y * stride + x]) / 255 }
      }
      count = width * height
    }
  }
}
