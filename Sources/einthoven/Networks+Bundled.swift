import CBundledData
import ECGDigitizer
import Foundation

extension Networks {
  /// The networks with the weights that are compiled in, prepared when first needed.
  static let bundled: Networks = {
    var (namesLength, latticeLength, curveLength) = (0, 0, 0)
    guard let names = ein_weights_names(&namesLength),
      let lattice = ein_weights_lattice(&latticeLength),
      let curve = ein_weights_curve(&curveLength)
    else { return .none }
    return Networks(
      names: Data(bytes: names, count: namesLength),
      lattice: Data(bytes: lattice, count: latticeLength),
      curve: Data(bytes: curve, count: curveLength))
  }()
}
