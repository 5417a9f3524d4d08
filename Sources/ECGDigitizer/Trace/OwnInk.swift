import ECGCore
import ECGImaging

/// How much of the ink around one row is that row's own stroke, 0…1, in page pixels.
///
/// A lead name under a deep S wave, the neighbour's QRS in this row and a bar are ink, too: told
/// apart they neither draw the curve to them nor hide it.
package struct OwnInk: Sendable {
  /// The page column and row of element 0 of ``shares``.
  let firstColumn: Int
  let firstRow: Int
  let width: Int
  let height: Int
  /// Row by row.
  let shares: [Float]

  /// The share at a page pixel; 0 beyond what was looked at.
  @inline(__always)
  package subscript(x: Int, y: Int) -> Float {
    let (u, v) = (x - firstColumn, y - firstRow)
    guard u >= 0, v >= 0, u < width, v < height else { return 0 }
    return shares[v * width + u]
  }

  /// The row's own ink: nothing where other ink is likelier, but in the columns `free`.
  ///
  /// Only `columns` × `rows` of the result are looked at by the caller; the rest stays as it is.
  func masked(
    _ ink: Plane<PageSpace>, columns: Range<Int>, rows: Range<Int>, except free: ClosedRange<Int>?
  ) -> Plane<PageSpace> {
    var out = ink
    out.values.withUnsafeMutableBufferPointer { out in
      shares.withUnsafeBufferPointer { shares in
        for y in rows {
          let base = y &* ink.width
          let row = (y &- firstRow) &* width &- firstColumn
          let isInside = y >= firstRow && y < firstRow + height
          for x in columns where out[base &+ x] > InkLevel.bare {
            if let free, free.contains(x) { continue }
            let isKnown = isInside && x >= firstColumn && x < firstColumn &+ width
            if isKnown && shares[row &+ x] >= 0.5 { continue }
            out[base &+ x] = 0
          }
        }
      }
    }
    return out
  }

  /// The page rows of column `x`, within `rows`, that are inked, but by something else.
  func foreign(
    column x: Int, rows: Range<Int>, in ink: Plane<PageSpace>
  ) -> [ClosedRange<Int>] {
    var out: [ClosedRange<Int>] = []
    for y in rows where self[x, y] < 0.5 && ink[x, y] > InkLevel.bare {
      if let last = out.last, last.upperBound == y - 1 {
        out[out.count - 1] = last.lowerBound...y
      } else {
        out.append(y...y)
      }
    }
    return out
  }
}
