package import ECGCore

/// The centre of a printed line, measured at one place of a lattice edge.
///
/// Conventions: the line's place is predicted by four crossings in a row, `base`,
/// `base + stride` …, with Catmull–Rom weights; (mx, my) is where its centre was found, in
/// pixels of the working picture; (nx, ny) is the unit vector across the line. Only the
/// component across counts.
package struct LineMeasurement: Sendable {
  var base: Int32
  /// 1 along rows, the number of columns along columns.
  var stride: Int32
  /// The line: its column, or the number of columns plus its row.
  var line: Int32
  var w0: Float
  var w1: Float
  var w2: Float
  var w3: Float
  var nx: Float
  var ny: Float
  var mx: Float
  var my: Float
  /// 0…1; 0 where nothing was found.
  var confidence: Float

  /// A measurement at `place`, predicted by four crossings with these weights.
  package init(
    base: Int, stride: Int, line: Int, weights w: (Double, Double, Double, Double),
    across: (x: Double, y: Double), place: Point<PhotoSpace>, confidence: Double
  ) {
    (self.base, self.stride, self.line) = (Int32(base), Int32(stride), Int32(line))
    (w0, w1, w2, w3) = (Float(w.0), Float(w.1), Float(w.2), Float(w.3))
    (nx, ny, mx, my) = (Float(across.x), Float(across.y), Float(place.x), Float(place.y))
    self.confidence = Float(confidence)
  }
}
