public import ECGCore
public import ECGImaging

extension Digitizer {
  /// Digitizes a photo on the geometry of an earlier result, which a person may have corrected.
  ///
  /// The grid is not searched for, and which way up the page lies is taken from the geometry. With
  /// an unchanged geometry and the same options the signals are the same to the last digit.
  ///
  /// - Throws: `PageError.geometryMismatch` if the geometry is of another photo, and all that
  ///   ``digitize(_:)`` throws.
  public func digitize(
    _ photo: Raster<PhotoSpace>, onGeometryOf earlier: Digitization
  ) throws(PageError) -> Digitization {
    var digitizer = self
    let held = try HeldGeometry(
      of: earlier, for: photo.size, parameters: parameters.rectify.page, workers: workers)
    digitizer.rectifier = held
    digitizer.heldPosition = PagePosition(
      quarterTurns: earlier.geometry.quarterTurns, isMirrored: earlier.geometry.isMirrored)
    return try digitizer.digitize(photo)
  }
}
