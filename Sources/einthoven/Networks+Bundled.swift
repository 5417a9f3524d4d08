import CBundledData
import ECGDigitizer
import Foundation

extension Networks {
  /// The networks with the weights that are compiled in, prepared when first needed.
  static let bundled: Networks = {
    var length = 0
    guard let bytes = ein_weights_names(&length) else { return .none }
    return Networks(names: Data(bytes: bytes, count: length))
  }()
}
