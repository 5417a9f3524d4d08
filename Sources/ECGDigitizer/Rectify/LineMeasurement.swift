/// The centre of a printed line, measured at one place of a lattice edge.
///
/// Conventions: the line's place is predicted by four crossings in a row, `base`,
/// `base + stride` …, with Catmull–Rom weights; (mx, my) is where its centre was found, in
/// pixels of the working picture; (nx, ny) is the unit vector across the line. Only the
/// component across counts.
struct LineMeasurement: Sendable {
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
}
