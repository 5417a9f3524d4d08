import CCairo
import ECGImaging

/// A font of the system, by the name of its family.
struct OutlineFont: Hashable, Sendable {
  var family: String
  var isItalic = false
  var isBold = false

  /// Families that devices' fonts resemble, or that add variety; those that are installed are used.
  private static let wanted = [
    "DejaVu Sans", "DejaVu Sans Condensed", "DejaVu Sans Mono", "DejaVu Serif",
    "DejaVu Serif Condensed", "Liberation Sans", "Liberation Sans Narrow", "Liberation Serif",
    "Liberation Mono", "FreeSans", "FreeSerif", "FreeMono", "Nimbus Sans", "Nimbus Sans Narrow",
    "Nimbus Roman", "Nimbus Mono PS", "URW Gothic", "URW Bookman", "C059", "P052", "Carlito",
    "Caladea", "Roboto", "Roboto Condensed", "Noto Sans", "Noto Serif", "Noto Sans Mono",
    "Inconsolata", "Lato", "Hack", "Courier Prime", "GFS Didot", "Arial", "Helvetica",
    "Times New Roman", "Courier New", "Verdana", "Tahoma",
  ]

  /// The fonts found on this machine, plain, bold and italic.
  ///
  /// A family that is not installed is replaced by the system's default, and is known by that.
  static let installed: [OutlineFont] = FontUse.alone(search)

  private static func search() -> [OutlineFont] {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8)
    let context = cairo_create(surface)
    defer {
      cairo_destroy(context)
      cairo_surface_destroy(surface)
    }
    func widths(_ family: String) -> [Double] {
      cairo_select_font_face(
        context, family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
      cairo_set_font_size(context, 200)
      return ["aVR", "V3", "III", "25 mm/s"].map { text in
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text, &extents)
        return extents.x_advance
      }
    }
    let fallback = widths("no family is called this")
    let families = ["Sans"] + wanted.filter { widths($0) != fallback }
    return families.flatMap { family in
      [
        OutlineFont(family: family), OutlineFont(family: family),
        OutlineFont(family: family, isBold: true),
        OutlineFont(family: family, isItalic: true),
      ]
    }
  }

  /// Does `work` while this is the context's font, with capitals `capHeight` tall and `stretch`
  /// times as wide.
  func use<Result>(
    on context: OpaquePointer, capHeight: Double, stretch: Double, _ work: () -> Result
  ) -> Result {
    FontUse.alone {
      cairo_save(context)
      defer { cairo_restore(context) }
      select(on: context, capHeight: capHeight, stretch: stretch)
      return work()
    }
  }

  private func select(on context: OpaquePointer, capHeight: Double, stretch: Double) {
    cairo_select_font_face(
      context, family, isItalic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
      isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, 1)
    // Hinted letters depend on the sizes that were used before, and so would examples.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, "V", &extents)
    let size = capHeight / max(extents.height, 0.3)
    var matrix = cairo_matrix_t()
    cairo_matrix_init_scale(&matrix, size * stretch, size)
    cairo_set_font_matrix(context, &matrix)
  }
}
