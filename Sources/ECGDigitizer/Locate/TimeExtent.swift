import ECGCore
import Foundation

/// Where time begins and ends on the page, pulses left out, by the ends of all rows.
///
/// Rows of one page begin together and end together. The place on which most of them agree is
/// taken; where they do not agree, the inner third, since grid lines and words can only lengthen
/// a row.
package struct TimeExtent: Equatable {
  /// The page column where the first column's trace begins.
  package var startX: Double
  /// The page column where the last column's trace ends.
  package var endX: Double

  /// How far ends that agree may lie apart, in mm.
  private static let tolerance = 0.5

  /// Reads the extent from the ends of rows.
  ///
  /// - Returns: `nil` if no row holds a trace, or they are less than 10 mm long.
  package init?(_ ends: [RowEnds?], pixelsPerMillimeter s: Double) {
    let ends = ends.compactMap { $0 }
    guard !ends.isEmpty else { return nil }
    let starts = ends.map(\.startX).sorted()
    startX =
      TimeExtent.agreed(starts.reversed(), within: TimeExtent.tolerance * s)
      ?? starts[2 * starts.count / 3]
    let last = ends.map(\.endX).sorted()
    endX = TimeExtent.agreed(last, within: TimeExtent.tolerance * s) ?? last[last.count / 3]
    guard endX - startX > 10 * s else { return nil }
  }

  /// The middle of the values on which more than half agree; of equal groups the first.
  private static func agreed(_ values: [Double], within distance: Double) -> Double? {
    let groups = values.map { one in values.filter { abs($0 - one) <= distance } }
    guard let best = groups.indices.max(by: { (groups[$0].count, -$0) < (groups[$1].count, -$1) }),
      2 * groups[best].count > values.count
    else { return nil }
    let group = groups[best].sorted()
    return group[group.count / 2]
  }

  /// The length nearest to this one that rows usually have: 5, 10 or 20 seconds.
  ///
  /// - Parameter second: the length of a second.
  package func roundLength(second: Double) -> Double {
    let length = endX - startX
    return [5.0, 10, 20].map { $0 * second }.min { a, b in
      abs(log(length / a)) < abs(log(length / b))
    } ?? 10 * second
  }

  /// This extent and, where it is about as long as rows usually are, those of exactly that length
  /// that share its start or its end: grid lines lengthen a row, and cropped rows are short.
  ///
  /// - Parameter named: the length that the distance of names between columns gives, where there
  ///   are names; it is known to some millimetres only.
  func alternatives(round: Double, named: Double? = nil) -> [TimeExtent] {
    let length = endX - startX
    var other = round
    if let named, abs(named / round - 1) > 0.05 {
      guard abs(length / named - 1) > 0.08 else { return [self] }
      other = named
    } else if named == nil, abs(length / round - 1) >= 0.1 {
      return [self]
    }
    var (fromStart, fromEnd) = (self, self)
    fromStart.endX = startX + other
    fromEnd.startX = endX - other
    return [self, fromStart, fromEnd]
  }
}
