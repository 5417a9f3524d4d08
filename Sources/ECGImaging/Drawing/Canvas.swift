internal import CCairo

/// A drawing made for people; its pixels measure nothing.
public enum DrawingSpace: Sendable {}

/// Draws lines, areas, text and pictures, antialiased, by Cairo.
///
/// Conventions: those of ``ECGCore/PhotoSpace``: x to the right, y down, whole numbers are pixel
/// centres. A canvas belongs to one task; several may draw at the same time.
public final class Canvas {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  private let surface: OpaquePointer
  let context: OpaquePointer

  /// Creates a canvas of one colour.
  public init(width: Int, height: Int, background: Color = .white) {
    precondition(width > 0 && height > 0 && width <= 32767 && height <= 32767)
    self.width = width
    self.height = height
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    context = cairo_create(surface)
    Canvas.setSource(background, of: context)
    cairo_paint(context)
    // Cairo counts from pixel corners.
    cairo_translate(context, 0.5, 0.5)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// The drawing so far.
  public func raster<Space>(in space: Space.Type = Space.self) -> Raster<Space> {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let data = cairo_image_surface_get_data(surface) else {
      return Raster(width: width, height: height)
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { out, count in
      for y in 0..<height {
        let row = UnsafeRawPointer(data + y * stride)
        for x in 0..<width {
          let pixel = row.load(fromByteOffset: 4 * x, as: UInt32.self)
          let at = 3 * (y * width + x)
          out[at] = UInt8(truncatingIfNeeded: pixel >> 16)
          out[at + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
          out[at + 2] = UInt8(truncatingIfNeeded: pixel)
        }
      }
      count = 3 * width * height
    }
    return Raster(width: width, height: height, bytes: bytes)
  }

  /// Paints `picture` with its top left pixel at (`x`, `y`), unscaled.
  public func draw<Space>(_ picture: Raster<Space>, x: Int, y: Int, opacity: Double = 1) {
    guard
      let copy = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(picture.width), Int32(picture.height)),
      let data = cairo_image_surface_get_data(copy)
    else { return }
    defer { cairo_surface_destroy(copy) }
    let stride = Int(cairo_image_surface_get_stride(copy))
    picture.bytes.withUnsafeBufferPointer { source in
      for row in 0..<picture.height {
        let out = UnsafeMutableRawPointer(data + row * stride)
        for column in 0..<picture.width {
          let at = 3 * (row * picture.width + column)
          let red = UInt32(source[at]) << 16
          let green = UInt32(source[at + 1]) << 8
          out.storeBytes(
            of: red | green | UInt32(source[at + 2]), toByteOffset: 4 * column, as: UInt32.self)
        }
      }
    }
    cairo_surface_mark_dirty(copy)
    cairo_set_source_surface(context, copy, Double(x) - 0.5, Double(y) - 0.5)
    cairo_paint_with_alpha(context, opacity)
  }
}
