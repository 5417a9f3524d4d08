import ECGNetworks
import ECGTraining
import Testing

@Suite(
  "Every layer: training and inference agree",
  .enabled(if: library != nil, "libtorch is not installed"), .serialized)
struct LayerParityTests {
  /// A layer after a convolution that gives it eight channels of all kinds of numbers.
  struct Layer: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var add: @Sendable (inout NetworkGraph, NetworkGraph.Value) -> NetworkGraph.Value
  }

  static let layers: [Layer] =
    [
      Layer(testDescription: "depthwise") {
        $0.convolution("l", of: $1, outputs: 8, size: 5, stride: 2, groups: 8)
      },
      Layer(testDescription: "two groups") {
        $0.convolution("l", of: $1, outputs: 6, size: 3, groups: 2)
      },
      Layer(testDescription: "dilated") {
        $0.convolution("l", of: $1, outputs: 3, size: 3, dilation: 3)
      },
      Layer(testDescription: "trailing zeros") {
        $0.convolution("l", of: $1, outputs: 3, size: 3, stride: 2, padding: .trailing)
      },
      Layer(testDescription: "trailing zeros of five") {
        $0.convolution("l", of: $1, outputs: 3, size: 5, stride: 2, padding: .trailing)
      },
      Layer(testDescription: "transposed 2") {
        $0.transposedConvolution("l", of: $1, outputs: 3)
      },
      Layer(testDescription: "transposed 4") {
        $0.transposedConvolution("l", of: $1, outputs: 3, size: 4, stride: 2)
      },
      Layer(testDescription: "batch normalization that is folded") {
        $0.normalization("l", of: $1)
      },
      Layer(testDescription: "batch normalization that is not") {
        $0.addition(of: $0.normalization("l", of: $1, epsilon: 1e-3), $1)
      },
      Layer(testDescription: "group normalization") {
        $0.groupNormalization("l", of: $1, groups: 4)
      },
      Layer(testDescription: "largest of 3") {
        $0.pooling(.largest, of: $1, size: 3, stride: 2)
      },
      Layer(testDescription: "mean of 2") { $0.pooling(.mean, of: $1, size: 2, stride: 2) },
      Layer(testDescription: "mean of 3") { $0.pooling(.mean, of: $1, size: 3, stride: 2) },
      Layer(testDescription: "mean of all") { $0.globalMean(of: $1) },
      Layer(testDescription: "nearest 3") { $0.enlargement(.nearest, of: $1, factor: 3) },
      Layer(testDescription: "bilinear 2") { $0.enlargement(.bilinear, of: $1) },
      Layer(testDescription: "bilinear 4") { $0.enlargement(.bilinear, of: $1, factor: 4) },
      Layer(testDescription: "coordinates") { $0.withCoordinates($1) },
      Layer(testDescription: "soft-arg-max") { $0.softArgMax(of: $1) },
      Layer(testDescription: "concatenation") { $0.concatenation(of: [$1, $0.sigmoid(of: $1)]) },
    ]
    + NetworkGraph.Activation.allCases.map { kind in
      Layer(testDescription: kind.rawValue) { $0.activation(kind, of: $1) }
    }

  @Test("to 1e-4, and both as large as foretold", arguments: layers)
  func agree(layer: Layer) throws {
    var graph = NetworkGraph()
    let x = graph.input(channels: 2)
    let wide = graph.convolution("w", of: x, outputs: 8, size: 3)
    _ = layer.add(&graph, wide)
    try LayerParityTests.expectAgreement(graph, width: 18, height: 12, atLeast: 8)
  }

  /// Compares both on random numbers, with weights as they are after some training.
  static func expectAgreement(
    _ graph: NetworkGraph, width: Int, height: Int, atLeast different: Int,
    weights given: NetworkWeights? = nil
  ) throws {
    var numbers = TestNumbers(state: 4)
    var weights = given ?? graph.startingWeights(using: &numbers)
    if given == nil {
      for parameter in graph.parameters {
        var range: ClosedRange<Float>?
        switch parameter.role {
        case .kernel: break
        case .bias, .runningMean: range = -0.3...0.3
        case .scale, .runningVariance: range = 0.6...1.4
        }
        guard let range else { continue }
        weights[parameter.name]?.values = (0..<parameter.shape.reduce(1, *)).map { _ in
          Float.random(in: range, using: &numbers)
        }
      }
    }
    let channels = graph.nodes[0].channels
    let input = (0..<(channels * width * height)).map { _ in
      Float.random(in: -2...2, using: &numbers)
    }
    let trained = try GraphRun(graph, weights: weights, library: #require(library))
      .run(input, width: width, height: height)
    let session = try InferenceSession(
      graph, weights: weights, precision: .single, runtime: InferenceRuntime.shared())
    let inferred = try session.run(input, width: width, height: height)
    let shape = try #require(try graph.shapes(width: width, height: height).last)
    #expect(inferred.channels == shape.channels)
    #expect(inferred.height == shape.height && inferred.width == shape.width)
    try #require(trained.count == inferred.values.count)
    let worst = zip(trained, inferred.values).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    let largest = trained.reduce(Float(0)) { max($0, abs($1)) }
    #expect(worst < 1e-4 * max(1, largest), "\(worst) of \(largest)")
    #expect(Set(trained.map { ($0 * 1000).rounded() }).count >= different)
  }
}
