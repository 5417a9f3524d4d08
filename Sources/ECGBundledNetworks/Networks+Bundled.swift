import CBundledData
public import ECGDigitizer
import ECGFormats
import Foundation

extension Networks {
  /// The networks with the weights that come with this module, prepared when first needed and
  /// shared by who asks.
  ///
  /// Where the environment's `EINTHOVEN_WEIGHTS` names a folder, files there that are called as the
  /// shipped ones (`curve.safetensors`, …) are taken instead: a training is tried that way.
  public static let bundled = bundled(threads: 2)

  /// Begins to prepare the networks, for so many threads each.
  public static func bundled(threads: Int) -> Networks {
    Networks(
      names: weights("names", ein_weights_names), lattice: weights("lattice", ein_weights_lattice),
      curve: weights("curve", ein_weights_curve), letters: weights("letters", ein_weights_letters),
      threads: threads)
  }

  /// The hash of all weights, one file after another, which tells results of other weights apart.
  public static let bundledWeightsSHA256 = SHA256.hexDigest(
    of: weights("names", ein_weights_names) + weights("lattice", ein_weights_lattice)
      + weights("curve", ein_weights_curve) + weights("letters", ein_weights_letters))

  private static func weights(
    _ name: String, _ bundled: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?
  ) -> Data {
    if let folder = ProcessInfo.processInfo.environment["EINTHOVEN_WEIGHTS"],
      let own = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).safetensors"))
    {
      return own
    }
    var length = 0
    guard let bytes = bundled(&length) else { return Data() }
    return Data(bytes: bytes, count: length)
  }
}

extension Digitizer {
  /// Creates a digitizer with the networks that come with this module.
  ///
  /// ```swift
  /// let result = try Digitizer().digitize(contentsOf: URL(fileURLWithPath: "scan.jpg"))
  /// ```
  ///
  /// - Parameter threads: how many threads one page may use; the result does not depend on it.
  public init(_ options: Options = Options(), threads: Int = 1) {
    self.init(options, networks: .bundled, threads: threads)
  }
}
