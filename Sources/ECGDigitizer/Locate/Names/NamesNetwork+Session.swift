package import ECGNetworks
package import Foundation

/// The network that reads names, ready to run.
package struct NamesSession: NameMapping {
  private let session: InferenceSession

  /// Prepares the network.
  ///
  /// - Parameter weights: a safetensors file.
  /// - Throws: `NetworkError` if the inference library is missing or the weights are not this
  ///   network's; its message says what to do.
  package init(weights: Data, threads: Int = 1) throws(NetworkError) {
    session = try InferenceSession(
      NamesNetwork.graph(endsWithSigmoid: true),
      weights: NetworkWeights(safetensors: weights), threads: threads, precision: .brain,
      runtime: InferenceRuntime.shared())
  }

  package var stride: Int { NamesNetwork.stride }

  package func maps(_ input: [Float], width: Int, height: Int) throws -> [Float] {
    try session.run(input, width: width, height: height).values
  }
}
