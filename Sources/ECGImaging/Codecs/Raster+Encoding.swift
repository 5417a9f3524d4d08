internal import CImageCodecs
public import ECGCore
public import Foundation

extension Raster {
  /// The picture as a PNG file.
  ///
  /// - Parameters:
  ///   - level: zlib's effort, 0…9; 1 is four times as fast as 6 and a tenth larger.
  ///   - pixelsPerInch: the resolution to note in the file.
  /// - Throws: `PageError.cannotWrite` if memory does not suffice.
  public func pngData(level: Int = 6, pixelsPerInch: Double? = nil) throws(PageError) -> Data {
    try encoded { target in
      bytes.withUnsafeBufferPointer { source in
        ein_png_encode(
          source.baseAddress, UInt32(width), UInt32(height), 3, Int32(min(max(level, 0), 9)),
          pixelsPerInch ?? 0, target)
      }
    }
  }

  /// The picture as a JPEG file.
  ///
  /// - Parameters:
  ///   - quality: 1…100.
  ///   - halvesChroma: whether colour is stored at half resolution, as cameras do.
  /// - Throws: `PageError.cannotWrite` if a side exceeds 65500 pixels or memory does not suffice.
  public func jpegData(quality: Int = 90, halvesChroma: Bool = true) throws(PageError) -> Data {
    try encoded { target in
      bytes.withUnsafeBufferPointer { source in
        ein_jpeg_encode(
          source.baseAddress, UInt32(width), UInt32(height), Int32(min(max(quality, 1), 100)),
          halvesChroma ? 1 : 0, target)
      }
    }
  }
}

extension Plane {
  /// The values as a grey PNG file: `black` and below is 0, `white` and above 255.
  ///
  /// - Throws: `PageError.cannotWrite` if memory does not suffice.
  public func pngData(
    black: Float = 0, white: Float = 1, level: Int = 6
  ) throws(PageError) -> Data {
    let scale = 255 / (white - black)
    let grey = values.map { value -> UInt8 in
      let scaled = (value - black) * scale
      return scaled.isNaN ? 0 : UInt8(min(max(scaled, 0), 255).rounded())
    }
    return try encoded { target in
      grey.withUnsafeBufferPointer { source in
        ein_png_encode(
          source.baseAddress, UInt32(width), UInt32(height), 1, Int32(min(max(level, 0), 9)), 0,
          target)
      }
    }
  }
}

/// Runs an encoder and takes over its bytes.
private func encoded(
  by encoder: (UnsafeMutablePointer<ein_bytes>) -> ein_image_status
) throws(PageError) -> Data {
  var target = ein_bytes()
  defer { ein_bytes_free(&target) }
  let status = encoder(&target)
  guard status == EIN_IMAGE_OK, let bytes = target.bytes else {
    throw PageError(
      .cannotWrite, "The picture cannot be encoded: it is too large.", remedy: "Make it smaller.")
  }
  return Data(bytes: bytes, count: target.count)
}
