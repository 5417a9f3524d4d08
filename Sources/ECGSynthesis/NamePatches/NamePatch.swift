package import ECGCore
package import ECGImaging

/// A drawn piece of a flat page with lead names on it, and what stands where: one training
/// example of the network that reads names.
///
/// Conventions: `PatchMark` places are pixels of the patch counted from its top left
/// *corner*, so that pixel 0 covers 0…1.
package struct NamePatch: Sendable {
  /// Something that stands on the patch.
  package struct Mark: Hashable, Sendable {
    package var kind: MarkKind
    /// The middle and the size, in pixels from the patch's corner.
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double
  }

  package var raster: Raster<PageSpace>
  package var marks: [Mark]
  /// Whether the patch was mirrored or turned: then its names are no names.
  package var position: Position

  /// How the patch lies.
  package enum Position: Hashable, Sendable {
    case upright
    /// Mirrored or upside down: strokes still look like strokes.
    case flipped
    /// On its side, mirrored or not.
    case onItsSide
  }
}
