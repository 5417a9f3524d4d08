public import ECGCore
public import ECGImaging
public import Foundation

extension Digitizer {
  /// Digitizes a picture file.
  ///
  /// - Parameter limits: how large the file and its picture may be.
  /// - Throws: ``ECGCore/PageError`` where nothing usable can be returned.
  public func digitize(
    contentsOf file: URL, limits: DecodingLimits = DecodingLimits()
  ) throws(PageError) -> Digitization {
    try digitize(DecodedPhoto(contentsOf: file, limits: limits))
  }

  /// Digitizes the bytes of a picture file, such as an upload.
  ///
  /// - Parameter limits: how large the file and its picture may be.
  /// - Throws: ``ECGCore/PageError`` where nothing usable can be returned.
  public func digitize(
    _ file: Data, limits: DecodingLimits = DecodingLimits()
  ) throws(PageError) -> Digitization {
    try digitize(DecodedPhoto(decoding: file, limits: limits))
  }

  /// Digitizes a decoded picture; that a part of it is missing is a finding.
  ///
  /// - Throws: ``ECGCore/PageError`` where nothing usable can be returned.
  public func digitize(_ photo: DecodedPhoto) throws(PageError) -> Digitization {
    var result = try digitize(photo.raster)
    if photo.isPartial { result.findings.insert(photo.partialFinding, at: 0) }
    return result
  }
}
