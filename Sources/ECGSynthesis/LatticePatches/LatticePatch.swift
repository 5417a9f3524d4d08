package import ECGCore
package import ECGImaging

/// A drawn piece of a photo of gridded paper, and where each place lies on the grid: one
/// training example of the network that finds the lattice.
///
/// Conventions: `u` counts 5 mm cells to the right, `v` down; one cell of `phases` and
/// `isGrid` stands for ``stride`` × ``stride`` pixels and holds the truth at their middle,
/// so cell (i, j) belongs to picture place (2 i + ½, 2 j + ½).
package struct LatticePatch: Sendable {
  /// Pixels per cell of the truth.
  package static let stride = 2

  package var raster: Raster<PhotoSpace>
  /// cos 2πu, sin 2πu, cos 2πv, sin 2πv: four maps, one after another.
  package var phases: [Float]
  /// 1 where a grid is printed, also under ink; else 0.
  package var isGrid: [Float]
}
