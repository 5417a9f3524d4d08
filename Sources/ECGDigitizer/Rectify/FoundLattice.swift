import ECGCore
import ECGNumerics

/// A lattice over the visible grid, before it is made precise.
///
/// Conventions: places are pixels of the photo. Crossings are 5 mm apart.
struct FoundLattice: Sendable {
  var lattice: GrownLattice
  /// 5 mm in photo pixels, the median over the lattice.
  var photoPixelsPerCell: Double
  /// Whether 5 mm is known from the hierarchy of lines or the size of the page.
  var isScaleSure: Bool
  /// Whether it was found by lines 1 mm apart: then those that are measured may have such
  /// neighbours, as dark as they are.
  var isFine = false
  /// Crossings of the next largest lattice in the picture: another sheet.
  var crossingsElsewhere = 0
}

extension GrownLattice {
  /// The median distance between neighbouring crossings, in pixels.
  var medianCell: Double {
    var lengths: [Double] = []
    for j in 0..<rows {
      for i in 0..<columns where quality[j * columns + i] > 0 {
        let k = j * columns + i
        if i + 1 < columns, quality[k + 1] > 0 {
          lengths.append(places[k].distance(to: places[k + 1]))
        }
        if j + 1 < rows, quality[k + columns] > 0 {
          lengths.append(places[k].distance(to: places[k + columns]))
        }
      }
    }
    return lengths.isEmpty ? 0 : lengths.selectMedian()
  }
}
