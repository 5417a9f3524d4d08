import ECGNetworks
import Foundation
import Testing

@Suite("Weights in safetensors files")
struct NetworkWeightsTests {
  private var weights: NetworkWeights {
    var weights = NetworkWeights()
    weights["b.bias"] = .init(shape: [3], values: [1, -2.5, 0.125])
    weights["a.weight"] = .init(shape: [2, 1, 1, 1], values: [3, 4])
    return weights
  }

  @Test("come back as they were", arguments: [NetworkWeights.Precision.single, .half])
  func roundTrip(precision: NetworkWeights.Precision) throws {
    #expect(try NetworkWeights(safetensors: weights.safetensors(precision)) == weights)
  }

  @Test("half precision takes half the room for numbers")
  func half() {
    #expect(weights.safetensors(.single).count - weights.safetensors(.half).count == 10)
  }

  @Test("a file that is cut off at any byte is refused, never read past its end")
  func cut() {
    let file = weights.safetensors(.single)
    for length in 0..<file.count {
      #expect(throws: NetworkError.self) { try NetworkWeights(safetensors: file.prefix(length)) }
    }
  }

  @Test("the error says what is wrong")
  func message() {
    let error = #expect(throws: NetworkError.self) { try NetworkWeights(safetensors: Data()) }
    #expect(error?.message == "The weights cannot be read: the file is too short.")
  }
}
