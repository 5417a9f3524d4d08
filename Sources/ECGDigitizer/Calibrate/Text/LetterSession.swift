import ECGCore
package import ECGNetworks
package import Foundation

/// The network that reads letters, ready to run.
package struct LetterSession: LetterMapping {
  private let session: InferenceSession

  /// Prepares the network of a safetensors file, as ``InferenceSession`` does.
  package init(weights: Data, threads: Int = 1) throws(NetworkError) {
    session = try InferenceSession(
      LetterNetwork.graph(endsWithSigmoid: true), weights: weights, threads: threads)
  }

  package func maps(of strips: [Float], count: Int) throws -> [Float] {
    try session.run(
      batch: strips, count: count, width: LetterNetwork.width, height: LetterNetwork.height
    ).values
  }
}

/// Whatever turns strips into maps of letters: the network, or recorded answers in a test.
package protocol LetterMapping: Sendable {
  /// - Parameter strips: one strip after another, channel by channel.
  /// - Returns: strip by strip, one map per letter of ``ECGCore/PrintedLetter/inNetworkOrder``.
  func maps(of strips: [Float], count: Int) throws -> [Float]
}
