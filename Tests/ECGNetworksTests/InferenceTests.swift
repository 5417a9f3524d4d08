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

  @Test("whole numbers of eight bits are off by their steps, and only by these")
  func wholeNumbers() throws {
    var graph = NetworkGraph()
    let x = graph.input(channels: 1)
    let first = graph.rectification(
      of: graph.convolution("first", of: x, outputs: 2, size: 1, hasBias: false))
    let second = graph.convolution("second", of: first, outputs: 2, size: 1)
    let both = graph.concatenation(of: [first, second])
    let third = graph.convolution("third", of: both, outputs: 1, size: 1, hasBias: false)
    _ = graph.convolution("last", of: third, outputs: 1, size: 1, hasBias: false)
    var weights = NetworkWeights()
    weights["first.weight"] = .init(shape: [2, 1, 1, 1], values: [1, -1])
    weights["second.weight"] = .init(shape: [2, 2, 1, 1], values: [0.7, -0.31, 0.002, 0.05])
    weights["second.bias"] = .init(shape: [2], values: [0.25, -3])
    weights["third.weight"] = .init(shape: [1, 4, 1, 1], values: [0, 0, 1, 10])
    weights["last.weight"] = .init(shape: [1, 1, 1, 1], values: [1])
    let runtime = try #require(runtime)
    let input = (0..<256).map { (Float($0) - 128) / 32 }
    let calibration = try IntegerCalibration(
      of: graph, weights: weights, on: [input], width: 16, height: 16, share: 1, runtime: runtime)
    #expect(calibration.ranges == ["second": .init(lowest: 0, largest: 4)])
    func values(_ calibration: IntegerCalibration?) throws -> [Float] {
      try InferenceSession(
        graph, weights: weights, calibration: calibration, runtime: runtime
      ).run(input, width: 16, height: 16).values
    }
    let off = zip(try values(nil), try values(calibration)).map { abs($0 - $1) }
    // A step of what is read is 4 / 255, of the kernels 0.7 / 127 and 0.05 / 127.
    let largest = try #require(off.max())
    #expect(largest > 1e-4 && largest < 0.03, "\(largest)")
    // A hundred times as far: coarser steps.
    let wide = IntegerCalibration(ranges: ["second": .init(lowest: 0, largest: 400)])
    let coarse = try #require(zip(values(nil), values(wide)).map { abs($0 - $1) }.max())
    #expect(coarse > 3 * largest, "\(coarse)")
    // Too narrow: cut off.
    let narrow = IntegerCalibration(ranges: ["second": .init(lowest: 0, largest: 1)])
    let cut = try #require(zip(values(nil), values(narrow)).map { abs($0 - $1) }.max())
    #expect(cut > 1.5, "\(cut)")
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
