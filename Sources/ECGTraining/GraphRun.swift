public import ECGNetworks

/// A network run by libtorch without training: to compare with the inference library.
public final class GraphRun {
  private let network: GraphInterpreter
  private let library: TorchLibrary

  /// Prepares `graph` with `weights`.
  public init(
    _ graph: NetworkGraph, weights: NetworkWeights, library: TorchLibrary
  ) throws(TrainingError) {
    self.library = library
    network = try GraphInterpreter(graph, weights: weights, library)
  }

  /// The output for one picture: values channel by channel, row by row.
  public func run(_ input: [Float], width: Int, height: Int) throws(TrainingError) -> [Float] {
    let channels = network.graph.nodes[0].channels
    let batch = try Tensor(input, shape: [1, channels, height, width], library)
    let output = try network.output(for: batch, isTraining: false)
    return try output.allValues()
  }
}
