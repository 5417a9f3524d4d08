/// Columns that are not as wide as ten seconds ask for, by bars at equal distances.
///
/// Some devices print 2.46 s a column, and names before the first trace lengthen or shorten its
/// row: three bars on one line of numbers tell where columns begin, and how wide they are.
struct BarSpacing {
  /// The page column where the first column of leads begins.
  var startX: Double
  /// The distance of the bars, in page pixels.
  var width: Double

  /// Fits bars by number from 1, each where it was seen; `expected` is the columns' width so far.
  ///
  /// - Parameter s: pixels per millimetre.
  /// - Returns: `nil` unless three or more lie at equal distances to 0.25 mm, that differ from
  ///   what was expected by 0.4 to 6 %.
  init?(_ centres: [Double?], expected: Double, pixelsPerMillimeter s: Double) {
    self.init(evenly: centres, pixelsPerMillimeter: s)
    guard (0.004...0.06).contains(abs(width / expected - 1)) else { return nil }
  }

  /// Fits bars by number from 1.
  ///
  /// - Returns: `nil` unless three or more lie at equal distances to 0.25 mm.
  init?(evenly centres: [Double?], pixelsPerMillimeter s: Double) {
    let seen = centres.enumerated().compactMap { k, x in x.map { (number: Double(k + 1), x: $0) } }
    guard seen.count >= 3 else { return nil }
    let n = Double(seen.count)
    let meanNumber = seen.reduce(0) { $0 + $1.number } / n
    let meanX = seen.reduce(0) { $0 + $1.x } / n
    let spread = seen.reduce(0) { $0 + ($1.number - meanNumber) * ($1.number - meanNumber) }
    let slope = seen.reduce(0) { $0 + ($1.number - meanNumber) * ($1.x - meanX) } / spread
    let isEven = seen.allSatisfy {
      abs($0.x - meanX - slope * ($0.number - meanNumber)) < 0.25 * s
    }
    guard isEven else { return nil }
    width = slope
    startX = meanX - slope * meanNumber
  }
}
