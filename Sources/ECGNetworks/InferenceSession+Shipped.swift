public import Foundation

extension InferenceSession {
  /// Prepares a network that comes with the program, in the precision it is meant to run in.
  ///
  /// - Parameter weights: a safetensors file.
  /// - Throws: `NetworkError` if the inference library is missing or the weights are not this
  ///   network's; its message says what to do.
  public convenience init(
    _ graph: NetworkGraph, weights: Data, threads: Int
  ) throws(NetworkError) {
    try self.init(
      graph, weights: NetworkWeights(safetensors: weights), threads: threads, precision: .brain,
      runtime: InferenceRuntime.shared())
  }
}
