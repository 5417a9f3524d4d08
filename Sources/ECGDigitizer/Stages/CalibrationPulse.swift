/// A printed calibration pulse (usually 1 mV × 0.2 s), in page pixels.
package struct CalibrationPulse: Sendable {
  /// Centre of the rising and of the falling stroke, in page columns.
  package var riseX: Double
  package var fallX: Double
  /// The level of the foot: 0 mV of the row, in page rows.
  package var footY: Double
  /// From foot to plateau, in page pixels.
  package var height: Double

  /// Whether it stands before the trace, not after it.
  package var isAtHead: Bool

  package init(
    riseX: Double, fallX: Double, footY: Double, height: Double, isAtHead: Bool
  ) {
    self.riseX = riseX
    self.fallX = fallX
    self.footY = footY
    self.height = height
    self.isAtHead = isAtHead
  }
}
