import CBundledData
import ECGDigitizer
import Foundation

extension Networks {
  /// The networks with the weights that are compiled in, prepared when first needed.
  ///
  /// Where the environment's `EINTHOVEN_WEIGHTS` names a folder, files there that are called as
  /// the shipped ones (`curve.safetensors`, …) are taken instead: a training is tried that way.
  static let bundled = bundled(threads: 2)

  /// Begins to prepare the networks, for so many threads each.
  static func bundled(threads: Int) -> Networks {
    guard let names = weights("names", ein_weights_names),
      let lattice = weights("lattice", ein_weights_lattice),
      let curve = weights("curve", ein_weights_curve),
      let letters = weights("letters", ein_weights_letters)
    else { return .none }
    return Networks(
      names: names, lattice: lattice, curve: curve, letters: letters, threads: threads)
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
