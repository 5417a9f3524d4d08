import CCairo
import ECGCore
import ECGImaging

/// A colour, each channel 0…1.
struct InkColor {
  var red: Double
  var green: Double
  var blue: Double

  /// The mean of the channels.
  var brightness: Double { (red + green + blue) / 3 }

  static func grey(_ value: Double) -> InkColor {
    InkColor(red: value, green: value, blue: value)
  }
}

/// A place in millimetres of the patch, right and down from its top left corner.
struct PatchPlace {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    (self.x, self.y) = (x, y)
  }
}

/// Paper to draw on, in millimetres, at the resolution of the source that is imitated.
///
/// Turn and stretch of the paper are part of the drawing's own map, so that nothing is
/// resampled; antialiasing stands for the sensor's pixels.
final class PatchCanvas {
  let pixels: Int
  let millimeters: Double
  let surface: OpaquePointer
  let context: OpaquePointer
  /// From patch millimetres to pixels.
  private var map = cairo_matrix_t()

  /// - Parameters:
  ///   - turn: in radians, clockwise about the middle.
  ///   - stretchX: how much wider than true the drawing is; `stretchY` likewise.
  init(
    millimeters: Double, pixels: Int, turn: Double, stretchX: Double, stretchY: Double,
    paper: InkColor
  ) {
    (self.pixels, self.millimeters) = (pixels, millimeters)
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(pixels), Int32(pixels))
    context = cairo_create(surface)
    cairo_set_source_rgb(context, paper.red, paper.green, paper.blue)
    cairo_paint(context)
    let scale = Double(pixels) / millimeters
    cairo_translate(context, Double(pixels) / 2, Double(pixels) / 2)
    cairo_rotate(context, turn)
    cairo_scale(context, scale * stretchX, scale * stretchY)
    cairo_translate(context, -millimeters / 2, -millimeters / 2)
    cairo_get_matrix(context, &map)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Where a place is drawn, as a part of the patch's width and height.
  func share(of place: PatchPlace) -> (x: Double, y: Double) {
    var (x, y) = (place.x, place.y)
    cairo_matrix_transform_point(&map, &x, &y)
    return (x / Double(pixels), y / Double(pixels))
  }

  func use(_ color: InkColor, opacity: Double = 1) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, opacity)
  }

  /// Draws a line through `places`, `width` in millimetres; `dash` is on, off, on, …
  func stroke(_ places: [PatchPlace], width: Double, dash: [Double] = [], offset: Double = 0) {
    guard let first = places.first else { return }
    cairo_move_to(context, first.x, first.y)
    for place in places.dropFirst() { cairo_line_to(context, place.x, place.y) }
    cairo_set_line_width(context, width)
    if !dash.isEmpty { cairo_set_dash(context, dash, Int32(dash.count), offset) }
    cairo_stroke(context)
    if !dash.isEmpty { cairo_set_dash(context, nil, 0, 0) }
  }

  /// Draws everything of `drawing` together, at one opacity.
  func layer(opacity: Double, _ drawing: () -> Void) {
    guard opacity < 0.995 else { return drawing() }
    cairo_push_group(context)
    drawing()
    cairo_pop_group_to_source(context)
    cairo_paint_with_alpha(context, opacity)
  }

  /// The drawing as red, green, blue, 0…255, pixel by pixel.
  func colors() -> [Float] {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let bytes = cairo_image_surface_get_data(surface) else {
      return [Float](repeating: 255, count: 3 * pixels * pixels)
    }
    return [Float](unsafeUninitializedCapacity: 3 * pixels * pixels) { out, count in
      for y in 0..<pixels {
        let row = bytes + y * stride
        for x in 0..<pixels {
          let o = 3 * (y * pixels + x)
          out[o] = Float(row[4 * x + 2])
          out[o + 1] = Float(row[4 * x + 1])
          out[o + 2] = Float(row[4 * x])
        }
      }
      count = 3 * pixels * pixels
    }
  }
}
