import ECGCore
import ECGImaging

/// The ink that hangs on a path: everything reached from it through ink, with few steps sideways.
///
/// A shortest path cuts off the tip of an R wave whose legs have merged; the tip is still
/// ink that touches the path. Steps up and down are free, steps sideways are counted, so a
/// peak is filled while a neighbour's trace is entered for a few columns only.
enum InkGrowth {
  /// Marks the ink grown from `seeds` (a range of page rows per column).
  ///
  /// - Parameters:
  ///   - threshold: darkness from which a pixel counts as ink.
  ///   - reach: the most columns sideways from the path.
  ///   - rows: page rows that may be entered.
  ///   - closed: page pixels (column, row) that are not entered.
  /// - Returns: per column of `seeds` the lowest and highest page row reached, or `nil`.
  static func spans(
    _ ink: Plane<PageSpace>, from seeds: [ClosedRange<Int>?], firstColumn: Int, rows: Range<Int>,
    threshold: Float, reach: Int, closed: (Int, Int) -> Bool = { _, _ in false }
  ) -> [ClosedRange<Int>?] {
    let (w, h) = (seeds.count, rows.count)
    var distance = [Int16](repeating: Int16.max, count: w * h)
    var frontier: [Int32] = []
    for (x, seed) in seeds.enumerated() {
      guard let seed else { continue }
      for y in max(
        seed.lowerBound, rows.lowerBound)...max(
          min(seed.upperBound, rows.upperBound - 1), rows.lowerBound)
      {
        distance[x * h + y - rows.lowerBound] = 0
        frontier.append(Int32(x * h + y - rows.lowerBound))
      }
    }
    var result: [ClosedRange<Int>?] = seeds
    ink.values.withUnsafeBufferPointer { values in
      var steps: Int16 = 0
      while !frontier.isEmpty && Int(steps) <= reach {
        var next: [Int32] = []
        var stack = frontier
        while let at = stack.popLast() {
          let (x, y) = (Int(at) / h, Int(at) % h)
          let row = rows.lowerBound + y
          if let span = result[x] {
            result[x] = min(span.lowerBound, row)...max(span.upperBound, row)
          } else {
            result[x] = row...row
          }
          for dy in [-1, 1] {
            let v = y + dy
            guard v >= 0 && v < h, distance[x * h + v] > steps,
              values[(rows.lowerBound + v) * ink.width + firstColumn + x] >= threshold,
              !closed(firstColumn + x, rows.lowerBound + v)
            else { continue }
            distance[x * h + v] = steps
            stack.append(Int32(x * h + v))
          }
          for dx in [-1, 1] {
            let u = x + dx
            guard u >= 0 && u < w, distance[u * h + y] > steps + 1,
              values[row * ink.width + firstColumn + u] >= threshold,
              !closed(firstColumn + u, row)
            else { continue }
            distance[u * h + y] = steps + 1
            next.append(Int32(u * h + y))
          }
        }
        frontier = next
        steps += 1
      }
    }
    return result
  }
}
