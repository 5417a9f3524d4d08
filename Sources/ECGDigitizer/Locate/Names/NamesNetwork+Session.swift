package import ECGNetworks
package import Foundation

/// The network that reads names, ready to run.
package struct NamesSession: NameMapping {
  private let session: InferenceSession

  /// Prepares the network of a safetensors file, as ``InferenceSession`` does.
  package init(weights: Data, threads: Int = 2) throws(NetworkError) {
    session = try InferenceSession(
      NamesNetwork.graph(endsWithSigmoid: true), weights: weights, threads: threads)
  }

  package var stride: Int { NamesNetwork.stride }

  package func maps(_ input: [Float], width: Int, height: Int) throws -> [Float] {
    try session.run(input, width: width, height: height).values
  }
}
