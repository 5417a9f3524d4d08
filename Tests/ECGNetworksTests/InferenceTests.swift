import ECGNetworks
import Foundation
import Testing

/// Whether the library that runs networks is installed; tests that need it say so where not.
let runtime = try? InferenceRuntime.shared()

@Suite(
  "Networks run as they are defined", .enabled(if: runtime != nil, "OpenVINO is not installed"))
struct InferenceTests {
  /// One convolution with the given kernel, then what `add` adds.
  private func run(
    _ graph: NetworkGraph, _ weights: NetworkWeights, _ input: [Float], width: Int, height: Int
  ) throws -> InferenceSession.Output {
    let session = try InferenceSession(
      graph, weights: weights, runtime: try #require(runtime))
    return try session.run(input, width: width, height: height)
  }

  @Test("a convolution is a weighted sum with zeros outside")
  func convolution() throws {
    var graph = NetworkGraph()
    let x = graph.input(channels: 1)
    _ = graph.convolution("c", of: x, outputs: 1, size: 3)
    var weights = NetworkWeights()
    weights["c.weight"] = .init(shape: [1, 1, 3, 3], values: [0, 0, 0, 1, 10, 100, 0, 0, 0])
    weights["c.bias"] = .init(shape: [1], values: [0.5])
    let output = try run(graph, weights, [1, 2, 3], width: 3, height: 1)
    #expect(output.values == [210.5, 321.5, 32.5])
  }

  @Test("normalization is folded into the convolution before it")
  func normalization() throws {
    var graph = NetworkGraph()
    let x = graph.input(channels: 1)
    _ = graph.block("b", of: x, outputs: 2, size: 1)
    var weights = NetworkWeights()
    weights["b.conv.weight"] = .init(shape: [2, 1, 1, 1], values: [2, -2])
    weights["b.norm.weight"] = .init(shape: [2], values: [3, 3])
    weights["b.norm.bias"] = .init(shape: [2], values: [1, 1])
    weights["b.norm.running_mean"] = .init(shape: [2], values: [4, 4])
    weights["b.norm.running_var"] = .init(shape: [2], values: [9, 9])
    let output = try run(graph, weights, [5, -5], width: 2, height: 1)
    let expected: [Float] = [(10 - 4) + 1, 0, 0, (10 - 4) + 1]
    #expect(zip(output.values, expected).allSatisfy { abs($0 - $1) < 1e-4 }, "\(output.values)")
  }

  @Test("doubling repeats pixels, concatenation keeps the order, the size is free")
  func doubling() throws {
    var graph = NetworkGraph()
    let x = graph.input(channels: 1)
    let half = graph.convolution("c", of: x, outputs: 1, size: 1, stride: 2, hasBias: false)
    let doubled = graph.doubling(of: half)
    _ = graph.concatenation(of: [doubled, x])
    var weights = NetworkWeights()
    weights["c.weight"] = .init(shape: [1, 1, 1, 1], values: [1])
    for width in [4, 6] {
      let input = (0..<(2 * width)).map(Float.init)
      let output = try run(graph, weights, input, width: width, height: 2)
      let row = (0..<width).map { Float($0 / 2 * 2) }
      #expect(output.values == row + row + input)
    }
  }

  @Test("weights of another graph are refused by name")
  func otherGraph() throws {
    var graph = NetworkGraph()
    let x = graph.input(channels: 1)
    _ = graph.convolution("c", of: x, outputs: 1, size: 3)
    let error = #expect(throws: NetworkError.self) { try graph.onnx(with: NetworkWeights()) }
    #expect(error?.message == "The weights are not this network's: c.weight is missing.")
  }
}
