import ECGCore
import ECGImaging
import Foundation

/// What the network should say about a patch, and where it is judged.
package struct NameTargets: Sendable {
  /// Per kind, row, column of the output grid: 1 at a mark's cell, falling off around it.
  package var spots: [Float]
  /// Per kind, row, column: 1 where the answer counts, 0 where it does not.
  package var weights: [Float]
}

extension NamePatch {
  /// Pixels of the patch per cell of the network's output.
  package static let stride = 4
  /// How far a spot reaches, in cells.
  private static let spread = 0.8

  /// The targets over ``ECGCore/MarkKind/inNetworkOrder``.
  ///
  /// A name cut by the border is not judged. On a mirrored or turned patch names are
  /// background; I, II and III, which look the same upside down, are not judged there.
  package func targets() -> NameTargets {
    let side = raster.width / NamePatch.stride
    let kinds = MarkKind.inNetworkOrder
    var targets = NameTargets(
      spots: [Float](repeating: 0, count: kinds.count * side * side),
      weights: [Float](repeating: 1, count: kinds.count * side * side))
    let numerals = kinds.indices.filter { kinds[$0].isNumeral }
    for mark in marks {
      guard let kind = kinds.firstIndex(of: mark.kind) else { continue }
      let x = mark.x / Double(NamePatch.stride) - 0.5
      let y = mark.y / Double(NamePatch.stride) - 0.5
      let reach = mark.width / 2 / Double(NamePatch.stride)
      switch (position, mark.kind) {
      case (.upright, _), (.flipped, .separator):
        let isCut =
          mark.kind.isName
          && (x - reach < -0.3 * reach || x + reach > Double(side) + 0.3 * reach || y < 1
            || y > Double(side) - 2)
        if isCut {
          targets.ignore(kinds.indices, x: x, y: y, reachX: reach + 3, reachY: 3, side: side)
        } else {
          targets.addSpot(kind: kind, x: x, y: y, side: side, spread: NamePatch.spread)
        }
      case (.flipped, .pulse), (.onItsSide, .separator):
        targets.ignore(kind..<(kind + 1), x: x, y: y, reachX: 2.5, reachY: 2.5, side: side)
      case (.onItsSide, .pulse):
        break
      default:
        for numeral in numerals {
          targets.ignore(
            numeral..<(numeral + 1), x: x, y: y, reachX: max(2, reach), reachY: max(2, reach),
            side: side)
        }
      }
    }
    return targets
  }
}

extension NameTargets {
  /// Adds a spot of one kind; the cell nearest to the mark becomes exactly 1.
  fileprivate mutating func addSpot(kind: Int, x: Double, y: Double, side: Int, spread: Double) {
    let (column, row) = (Int(x.rounded()), Int(y.rounded()))
    for r in cells(Double(row - 3), Double(row + 3), of: side) {
      for c in cells(Double(column - 3), Double(column + 3), of: side) {
        let squared = Double((r - row) * (r - row) + (c - column) * (c - column))
        let value = Float(exp(-0.5 * squared / (spread * spread)))
        let i = (kind * side + r) * side + c
        spots[i] = max(spots[i], value)
      }
    }
  }

  /// Takes the cells around a place out of the judgement of some kinds.
  fileprivate mutating func ignore(
    _ kinds: Range<Int>, x: Double, y: Double, reachX: Double, reachY: Double, side: Int
  ) {
    for kind in kinds {
      for r in cells(y - reachY, y + reachY, of: side) {
        for c in cells(x - reachX, x + reachX, of: side) {
          weights[(kind * side + r) * side + c] = 0
        }
      }
    }
  }

  /// The cells from `low` to `high` that exist.
  private func cells(_ low: Double, _ high: Double, of side: Int) -> Range<Int> {
    let first = min(max(0, Int(low.rounded(.up))), side)
    return first..<max(first, min(side, Int(high.rounded(.down)) + 1))
  }
}
