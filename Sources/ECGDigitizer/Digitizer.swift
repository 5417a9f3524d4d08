public import ECGCore
public import ECGImaging

/// Reads one photo of a paper ECG: ink on paper in, calibrated signals out.
///
/// Each stage is one small protocol with one folder; only this file knows their order.
public struct Digitizer: Sendable {
  public var options: Options

  /// Creates a digitizer.
  public init(_ options: Options = Options()) { self.options = options }

  /// Digitizes one photo.
  ///
  /// - Throws: ``ECGCore/PageError`` where nothing usable can be returned; everything
  ///   else that a person should know is a finding in the result.
  public func digitize(_ photo: Raster<PhotoSpace>) throws(PageError) -> Digitization {
    throw PageError(.internalError, "Not built yet.", remedy: "")
  }
}
