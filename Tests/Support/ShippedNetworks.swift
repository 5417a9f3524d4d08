package import ECGDigitizer
import ECGNetworks
import Foundation

/// Whether networks can be run: suites that need them are skipped elsewhere, and say so.
package let canRunNetworks = (try? InferenceRuntime.shared()) != nil

/// The four networks with the shipped weights; none where they cannot be run.
package let shippedNetworks: Networks = {
  func data(_ name: String) -> Data? {
    try? Data(contentsOf: Repository.folder.appendingPathComponent("Weights/\(name).safetensors"))
  }
  guard canRunNetworks, let names = data("names") else { return .none }
  return Networks(
    names: names, lattice: data("lattice"), curve: data("curve"), letters: data("letters"))
}()
