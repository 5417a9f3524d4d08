/// How far numbers reach inside a network on typical pictures, so that convolutions can be computed
/// with whole numbers of eight bits.
///
/// Kernels are scaled channel by channel, what convolutions read by one factor each. The first
/// and the last convolution stay as they are, and those that read a concatenation: its parts reach
/// differently far, and one factor for both cost half of the lattice network's accuracy.
///
/// > Source: Jacob et al., "Quantization and training of neural networks for efficient
/// > integer-arithmetic-only inference" (2018), doi:10.1109/CVPR.2018.00286.
public struct IntegerCalibration: Hashable, Codable, Sendable {
  /// What a convolution reads.
  public struct Range: Hashable, Codable, Sendable {
    /// The smallest number; 0 where there are no negative ones.
    public var lowest: Float
    /// The largest number.
    public var largest: Float

    /// Creates a range.
    public init(lowest: Float, largest: Float) {
      self.lowest = lowest
      self.largest = largest
    }
  }

  /// By the name of the convolution.
  public var ranges: [String: Range]

  /// Creates a calibration of known ranges.
  public init(ranges: [String: Range]) { self.ranges = ranges }

  /// Measures the ranges on pictures of one size.
  ///
  /// - Parameters:
  ///   - share: the part of all numbers that lies inside; what lies outside is cut off.
  ///   - pictures: each `channels · height · width` values.
  public init(
    of graph: NetworkGraph, weights: NetworkWeights, on pictures: [[Float]], width: Int,
    height: Int, share: Double = 0.9999, runtime: InferenceRuntime
  ) throws(NetworkError) {
    ranges = [:]
    let convolutions = graph.nodes.filter {
      if case .convolution(let c) = $0.operation { return c.groups == 1 }
      return false
    }
    var known: [Int: Range] = [:]
    for node in convolutions.dropLast() where node.inputs[0] != 0 {
      let source = node.inputs[0]
      if case .concatenation = graph.nodes[source].operation { continue }
      if known[source] == nil {
        let part = graph.prefix(through: source)
        let session = try InferenceSession(
          part, weights: part.own(weights), threads: 1, runtime: runtime)
        var values: [Float] = []
        for picture in pictures {
          let all = try session.run(picture, width: width, height: height).values
          // Some tens of thousands of each picture are enough, and a prime misses no channel.
          values += stride(from: 0, to: all.count, by: all.count > 500_000 ? 13 : 1).map { all[$0] }
        }
        known[source] = Range(of: &values, share: share)
      }
      ranges[node.name] = known[source]
    }
  }
}

extension IntegerCalibration.Range {
  /// Where `share` of the values lie; all of them that are not negative, if none is.
  init(of values: inout [Float], share: Double) {
    values.sort()
    let cut = Int((1 - share) * Double(values.count))
    let hasNegative = (values.first ?? 0) < 0
    lowest = hasNegative ? values[cut] : 0
    largest = values.isEmpty ? 0 : values[values.count - 1 - cut]
  }
}

extension NetworkGraph {
  /// The nodes up to one, which becomes the output.
  func prefix(through index: Int) -> NetworkGraph { NetworkGraph(nodes: Array(nodes[0...index])) }

  /// Of `weights`, those of this graph.
  func own(_ weights: NetworkWeights) -> NetworkWeights {
    var own = NetworkWeights()
    for parameter in parameters { own[parameter.name] = weights[parameter.name] }
    return own
  }
}
