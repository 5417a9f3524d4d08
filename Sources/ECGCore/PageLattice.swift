/// The printed grid as found in the photo: one photo point per crossing of its 5 mm lines.
///
/// A dense map from paper to photo that follows folds, curl and lens. Between
/// crossings it is interpolated by Catmull–Rom splines, beyond them continued linearly.
///
/// Conventions: node (column, row) lies `(column, row) · spacingMillimeters` from the first node on
/// paper; nodes are stored row by row.
public struct PageLattice: Hashable, Codable, Sendable {
  /// Number of nodes from left to right, at least 2.
  public var columns: Int
  /// Number of nodes from top to bottom, at least 2.
  public var rows: Int
  /// Distance between neighbouring nodes on paper, in mm.
  public var spacingMillimeters: Double
  /// The photo point of each node, row by row, `columns · rows` of them.
  public var nodes: [Point<PhotoSpace>]

  /// Creates a lattice.
  ///
  /// - Precondition: `nodes.count == columns · rows`, both at least 2.
  public init(
    columns: Int, rows: Int, spacingMillimeters: Double, nodes: [Point<PhotoSpace>]
  ) {
    precondition(columns >= 2 && rows >= 2 && nodes.count == columns * rows)
    self.columns = columns
    self.rows = rows
    self.spacingMillimeters = spacingMillimeters
    self.nodes = nodes
  }

  /// The photo point at lattice coordinates (`u` columns to the right, `v` rows down).
  public func photoPoint(u: Double, v: Double) -> Point<PhotoSpace> {
    let (i, wx) = PageLattice.weights(u, count: columns)
    let (j, wy) = PageLattice.weights(v, count: rows)
    var (x, y) = (0.0, 0.0)
    for b in 0..<4 {
      // Nodes beyond the border are continued linearly from the two outermost ones.
      let (x0, y0) = rowPoint(j + b - 1, i, wx)
      x += wy[b] * x0
      y += wy[b] * y0
    }
    return Point(x: x, y: y)
  }

  private func rowPoint(_ row: Int, _ i: Int, _ w: SIMD4<Double>) -> (Double, Double) {
    if row < 0 {
      let (a, b) = (rowPoint(0, i, w), rowPoint(1, i, w))
      return (2 * a.0 - b.0, 2 * a.1 - b.1)
    }
    if row >= rows {
      let (a, b) = (rowPoint(rows - 1, i, w), rowPoint(rows - 2, i, w))
      return (2 * a.0 - b.0, 2 * a.1 - b.1)
    }
    var (x, y) = (0.0, 0.0)
    for a in 0..<4 {
      let p = node(i + a - 1, row)
      x += w[a] * p.x
      y += w[a] * p.y
    }
    return (x, y)
  }

  private func node(_ column: Int, _ row: Int) -> Point<PhotoSpace> {
    let base = row * columns
    if column < 0 { return nodes[base] * 2 - nodes[base + 1] }
    if column >= columns { return nodes[base + columns - 1] * 2 - nodes[base + columns - 2] }
    return nodes[base + column]
  }

  /// The cell that holds coordinate `t` and the weights of the four nodes around it.
  ///
  /// Outside the lattice the border cell's tangent is continued.
  static func weights(_ t: Double, count: Int) -> (Int, SIMD4<Double>) {
    let cell = min(max(Int(t.rounded(.down)), 0), count - 2)
    let f = t - Double(cell)
    if f < 0 {
      // Tangent at the left node of the border cell.
      return (cell, SIMD4(-0.5 * f, 1, 0.5 * f, 0))
    }
    if f > 1 {
      let g = f - 1
      return (cell, SIMD4(0, -0.5 * g, 1, 0.5 * g))
    }
    let (f2, f3) = (f * f, f * f * f)
    return (
      cell,
      SIMD4(
        -0.5 * f3 + f2 - 0.5 * f, 1.5 * f3 - 2.5 * f2 + 1,
        -1.5 * f3 + 2 * f2 + 0.5 * f, 0.5 * f3 - 0.5 * f2)
    )
  }
}
