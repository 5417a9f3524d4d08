import ECGCore

/// A lattice over the visible grid, before it is made precise.
///
/// Conventions: places are pixels of the photo. Crossings are 5 mm apart.
package struct FoundLattice: Sendable {
  package var lattice: GrownLattice
  /// 5 mm in photo pixels, the median over the lattice.
  package var photoPixelsPerCell: Double
  /// Whether 5 mm is known from the hierarchy of lines or the size of the page.
  var isScaleSure: Bool
  /// Whether it was found by lines 1 mm apart: then those that are measured may have such
  /// neighbours, as dark as they are.
  var isFine = false
  /// Crossings of the next largest lattice in the picture: another sheet.
  var crossingsElsewhere = 0
}
