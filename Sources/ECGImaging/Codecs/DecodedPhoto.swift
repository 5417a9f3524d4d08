internal import CImageCodecs
public import ECGCore
public import Foundation

/// A picture file read into memory: upright by its EXIF orientation, transparency over white.
///
/// ```swift
/// let photo = try DecodedPhoto(decoding: Data(contentsOf: url))
/// if photo.isPartial { findings.append(photo.partialFinding) }
/// ```
///
/// Reads PNG (palette, 1 to 16 bits, transparency, interlaced, grey) and JPEG (baseline,
/// progressive, grey, CMYK). Colour profiles are not applied: an ECG's colours carry no
/// measurement.
public struct DecodedPhoto: Hashable, Sendable {
  /// The picture, upright by its EXIF orientation.
  public var raster: Raster<PhotoSpace>
  /// The format it was stored in.
  public var format: ImageFormat
  /// The part of the picture that the file really holds, 0…1. The rest is made up by the decoder.
  public var completeness: Double
  /// The resolution that the file claims, in pixels per inch; often wrong, so only a hint.
  public var claimedPixelsPerInch: Double?

  /// Whether the file ended early or was damaged so that a part of the picture is missing.
  public var isPartial: Bool { completeness < 1 }

  /// Decodes a picture file.
  ///
  /// - Throws: ``ECGCore/PageError`` with one sentence on what is wrong and one on what to do.
  public init(decoding data: Data, limits: DecodingLimits = DecodingLimits()) throws(PageError) {
    try limits.check(byteCount: data.count)
    let format = try DecodedPhoto.format(of: data)
    self = try DecodedPhoto.decode(data, as: format, limits: limits)
  }

  /// Decodes a picture file.
  ///
  /// - Throws: ``ECGCore/PageError`` with one sentence on what is wrong and one on what to do.
  public init(
    decoding bytes: [UInt8], limits: DecodingLimits = DecodingLimits()
  ) throws(PageError) {
    try self.init(decoding: Data(bytes), limits: limits)
  }

  /// The finding that a caller reports where ``isPartial``.
  public var partialFinding: Finding {
    Finding(
      .partialImage,
      "The file is incomplete: about \(Int((completeness * 100).rounded(.down))) % of the picture"
        + " could be read, and the rest was treated as blank or blurred.")
  }

  init(
    raster: Raster<PhotoSpace>, format: ImageFormat, completeness: Double,
    claimedPixelsPerInch: Double?
  ) {
    self.raster = raster
    self.format = format
    self.completeness = completeness
    self.claimedPixelsPerInch = claimedPixelsPerInch
  }

  /// The one list of decoders: a further format is a case here.
  private static func decode(
    _ data: Data, as format: ImageFormat, limits: DecodingLimits
  ) throws(PageError) -> DecodedPhoto {
    switch format {
    case .png: try decode(data, as: .png, limits: limits, by: ein_png_decode)
    case .jpeg: try decode(data, as: .jpeg, limits: limits, by: ein_jpeg_decode)
    default: throw unsupported(format)
    }
  }

  private typealias Decoder = (
    UnsafePointer<UInt8>?, Int, UInt64, UnsafeMutablePointer<ein_image>?
  ) -> ein_image_status

  private static func decode(
    _ data: Data, as format: ImageFormat, limits: DecodingLimits, by decoder: Decoder
  ) throws(PageError) -> DecodedPhoto {
    var image = ein_image()
    defer { ein_image_free(&image) }
    let status = data.withUnsafeBytes { bytes in
      decoder(
        bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, UInt64(max(0, limits.pixels)),
        &image)
    }
    if status == EIN_IMAGE_TOO_MANY_PIXELS {
      try limits.check(width: image.width, height: image.height)
    }
    guard status == EIN_IMAGE_OK, let pixels = image.pixels else {
      throw failure(status, format: format)
    }
    let (width, height) = (Int(image.width), Int(image.height))
    let bytes = [UInt8](UnsafeBufferPointer(start: pixels, count: 3 * width * height))
    let raster = Raster<PhotoSpace>(width: width, height: height, bytes: bytes)
    return DecodedPhoto(
      raster: raster.oriented(byEXIF: Int(image.orientation)), format: format,
      completeness: image.completeness,
      claimedPixelsPerInch: image.pixels_per_inch > 0 ? image.pixels_per_inch : nil)
  }
}

extension Raster where Space == PhotoSpace {
  /// Decodes a picture file; a partial one counts. Use ``DecodedPhoto`` to learn of that.
  ///
  /// - Throws: ``ECGCore/PageError`` with one sentence on what is wrong and one on what to do.
  public init(decoding data: Data, limits: DecodingLimits = DecodingLimits()) throws(PageError) {
    self = try DecodedPhoto(decoding: data, limits: limits).raster
  }

  /// Decodes a picture file; a partial one counts. Use ``DecodedPhoto`` to learn of that.
  ///
  /// - Throws: ``ECGCore/PageError`` with one sentence on what is wrong and one on what to do.
  public init(
    decoding bytes: [UInt8], limits: DecodingLimits = DecodingLimits()
  ) throws(PageError) {
    self = try DecodedPhoto(decoding: bytes, limits: limits).raster
  }
}
