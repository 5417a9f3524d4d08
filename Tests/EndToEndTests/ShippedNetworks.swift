import ECGDigitizer
import ECGNetworks
import Foundation

/// Networks with the shipped weights, where the library that runs them is installed; none elsewhere.
let shippedNetworks: Networks = {
  let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Weights")
  func data(_ name: String) -> Data? {
    try? Data(contentsOf: folder.appendingPathComponent("\(name).safetensors"))
  }
  guard (try? InferenceRuntime.shared()) != nil, let names = data("names") else { return .none }
  return Networks(names: names, lattice: data("lattice"), curve: data("curve"))
}()
