import ECGCore
import ECGImaging

/// The photo at the size at which a step of Rectify works.
///
/// Conventions: pixel (x, y) of `raster` shows photo point ((x + ½) · s − ½, (y + ½) · s − ½)
/// with s = `photoPixelsPerPixel`.
struct ScaledPhoto: Sendable {
  var raster: Raster<PhotoSpace>
  var photoPixelsPerPixel: Double

  /// The photo resized by `factor`, photo pixels per pixel of the result.
  init(_ photo: Raster<PhotoSpace>, factor: Double, workers: Workers = .one) {
    self.raster = photo.resized(by: factor, workers: workers)
    self.photoPixelsPerPixel = self.raster.size == photo.size ? 1 : factor
  }

  /// The photo point that `point` of the scaled raster shows.
  func photoPoint(_ point: Point<PhotoSpace>) -> Point<PhotoSpace> {
    let s = photoPixelsPerPixel
    return Point(x: (point.x + 0.5) * s - 0.5, y: (point.y + 0.5) * s - 0.5)
  }

  /// The place in the scaled raster that shows `point` of the photo.
  func scaledPoint(_ point: Point<PhotoSpace>) -> Point<PhotoSpace> {
    let s = photoPixelsPerPixel
    return Point(x: (point.x + 0.5) / s - 0.5, y: (point.y + 0.5) / s - 0.5)
  }
}
