internal import ECGCore

/// How large a file may be; checked before any memory is taken for its pixels.
public struct DecodingLimits: Hashable, Codable, Sendable {
  /// The largest width times height.
  public var pixels: Int
  /// The largest file, in bytes.
  public var bytes: Int

  /// Creates limits: 100 million pixels (300 MB decoded) and 256 MiB unless told otherwise.
  public init(pixels: Int = 100_000_000, bytes: Int = 256 << 20) {
    self.pixels = pixels
    self.bytes = bytes
  }

  /// - Throws: `PageError.tooManyBytes`.
  func check(byteCount: Int) throws(PageError) {
    guard byteCount > bytes else { return }
    throw PageError(
      .tooManyBytes,
      "The file is too large: \(mebibytes(byteCount, .up)) MiB, where at most"
        + " \(mebibytes(bytes, .down)) MiB are read.",
      remedy: "Save the page smaller, or allow more with --max-mebibytes.")
  }

  /// - Throws: `PageError.tooManyPixels`.
  func check(width: UInt64, height: UInt64) throws(PageError) {
    guard width.multipliedReportingOverflow(by: height).overflow || width * height > pixels else {
      return
    }
    throw PageError(
      .tooManyPixels,
      "The picture is too large: \(width) × \(height) pixels, where at most"
        + " \(DecodingLimits.millions(pixels)) are decoded.",
      remedy: "Scale it down, or allow more with --max-megapixels.")
  }

  private static func millions(_ count: Int) -> String {
    count >= 1_000_000 ? "\(count / 1_000_000) million" : "\(count)"
  }

  /// Tenths; rounded apart, so that what is too large also looks larger.
  private func mebibytes(_ count: Int, _ rule: FloatingPointRoundingRule) -> Double {
    (Double(count) / 104_857.6).rounded(rule) / 10
  }
}
