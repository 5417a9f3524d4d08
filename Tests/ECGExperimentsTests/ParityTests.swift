import ECGDigitizer
import ECGNetworks
import ECGTestSupport
import ECGTraining
import Foundation
import Testing

/// libtorch, where it is installed.
let library = try? TorchLibrary(threads: 1)

@Suite(
  "Shipped networks with their shipped weights: training and inference agree",
  .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct ParityTests {
  enum Shipped: String, CaseIterable {
    case names, lattice, curve, letters

    var graph: NetworkGraph {
      switch self {
      case .names: return NamesNetwork.graph(endsWithSigmoid: true)
      case .lattice: return LatticeNetwork.graph()
      case .curve: return CurveNetwork.graph()
      case .letters: return LetterNetwork.graph(endsWithSigmoid: true)
      }
    }
  }

  @Test("all files in Weights are tested")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Repository.folder.appendingPathComponent("Weights").path)
    let names = files.filter { $0.hasSuffix(".safetensors") }.map { String($0.dropLast(12)) }
    #expect(Set(names) == Set(Shipped.allCases.map(\.rawValue)))
  }

  @Test("to 1e-4 of single precision", arguments: Shipped.allCases)
  func agree(network: Shipped) throws {
    let weights = try NetworkWeights(
      safetensors: Data(
        contentsOf: Repository.folder.appendingPathComponent(
          "Weights/\(network.rawValue).safetensors")))
    let graph = network.graph
    let (width, height) = (160, 96)
    var numbers = SystemRandomNumberGenerator()
    // Blocks of one value each, as pages have, and noise over them.
    var input: [Float] = []
    for _ in 0..<graph.nodes[0].channels {
      let blocks = (0..<60).map { _ in Float.random(in: -1...1, using: &numbers) }
      for y in 0..<height {
        for x in 0..<width {
          input.append(
            blocks[y / 16 * 10 + x / 16] + Float.random(in: -0.2...0.2, using: &numbers))
        }
      }
    }
    let trained = try GraphRun(graph, weights: weights, library: #require(library))
      .run(input, width: width, height: height)
    let session = try InferenceSession(
      graph, weights: weights, precision: .single, runtime: InferenceRuntime.shared())
    let inferred = try session.run(input, width: width, height: height).values
    try #require(trained.count == inferred.count)
    let worst = zip(trained, inferred).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    let largest = trained.reduce(Float(0)) { max($0, abs($1)) }
    // Logits of the curve reach tens: 1e-4 is meant of values of the order of 1.
    #expect(worst < 1e-4 * max(1, largest), "\(worst) of \(largest)")
    #expect(largest > 0.01)
  }
}
