internal import CCairo
public import ECGCore

extension Canvas {
  /// A place on the canvas.
  public typealias Place = Point<DrawingSpace>

  /// Draws a line through `points`.
  ///
  /// - Parameter dashes: lengths of strokes and gaps in turn; empty for an unbroken line.
  public func stroke(
    _ points: some Collection<Place>, color: Color, width: Double, closed: Bool = false,
    dashes: [Double] = []
  ) {
    guard trace(points, closed: closed) else { return }
    stroke(color: color, width: width, dashes: dashes)
  }

  /// Draws several lines as one shape: where they cross, a translucent colour is not laid twice.
  public func stroke(lines: some Sequence<[Place]>, color: Color, width: Double) {
    for line in lines { _ = trace(line, closed: false) }
    stroke(color: color, width: width, dashes: [])
  }

  /// Fills the area that `points` enclose.
  public func fill(_ points: some Collection<Place>, color: Color) {
    guard trace(points, closed: true) else { return }
    Canvas.setSource(color, of: context)
    cairo_fill(context)
  }

  /// Fills an upright rectangle from its top left to its bottom right corner.
  public func fill(from a: Place, to b: Place, color: Color) {
    Canvas.setSource(color, of: context)
    cairo_rectangle(context, a.x, a.y, b.x - a.x, b.y - a.y)
    cairo_fill(context)
  }

  /// Fills everything but the area that `points` enclose.
  public func fillOutside(_ points: some Collection<Place>, color: Color) {
    cairo_rectangle(context, -0.5, -0.5, Double(width), Double(height))
    _ = trace(points, closed: true)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
    Canvas.setSource(color, of: context)
    cairo_fill(context)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_WINDING)
  }

  /// Draws what `body` draws, but only within the rectangle from `a` to `b`.
  public func clipped(from a: Place, to b: Place, _ body: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, a.x, a.y, b.x - a.x, b.y - a.y)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  private func stroke(color: Color, width: Double, dashes: [Double]) {
    Canvas.setSource(color, of: context)
    cairo_set_line_width(context, width)
    cairo_set_dash(context, dashes, Int32(dashes.count), 0)
    cairo_stroke(context)
  }

  private func trace(_ points: some Collection<Place>, closed: Bool) -> Bool {
    guard points.count > 1, points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      return false
    }
    for (index, point) in points.enumerated() {
      // Beyond this Cairo's fixed-point numbers overflow.
      let x = min(max(point.x, -100_000), 100_000)
      let y = min(max(point.y, -100_000), 100_000)
      if index == 0 { cairo_move_to(context, x, y) } else { cairo_line_to(context, x, y) }
    }
    if closed { cairo_close_path(context) }
    return true
  }
}
