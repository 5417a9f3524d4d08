import CBundledData
import ECGDigitizer
import ECGFormats
import Foundation

extension Networks {
  /// The networks with the weights that are compiled in, prepared when first needed.
  ///
  /// Where the environment's `EINTHOVEN_WEIGHTS` names a folder, files there that are called as
  /// the shipped ones (`curve.safetensors`, …) are taken instead: a training is tried that way.
  static let bundled = bundled(threads: 2)

  /// Begins to prepare the networks, for so many threads each.
  static func bundled(threads: Int) -> Networks {
    let files = files
    guard files.count == 4 else { return .none }
    return Networks(
      names: files[0], lattice: files[1], curve: files[2], letters: files[3], threads: threads)
  }

  /// The hash of all weights, one file after another, which tells results of other weights apart.
  static let weightsSHA256 = SHA256.hexDigest(of: files.reduce(into: Data()) { $0 += $1 })

  /// The weights of names, lattice, curve and letters.
  private static var files: [Data] {
    [
      weights("names", ein_weights_names), weights("lattice", ein_weights_lattice),
      weights("curve", ein_weights_curve), weights("letters", ein_weights_letters),
    ].compactMap { $0 }
  }

  private static func weights(
    _ name: String, _ bundled: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?
  ) -> Data? {
    if let folder = ProcessInfo.processInfo.environment["EINTHOVEN_WEIGHTS"] {
      let file = URL(fileURLWithPath: folder).appendingPathComponent("\(name).safetensors")
      if let own = try? Data(contentsOf: file) { return own }
    }
    var length = 0
    guard let bytes = bundled(&length) else { return nil }
    return Data(bytes: bytes, count: length)
  }
}
