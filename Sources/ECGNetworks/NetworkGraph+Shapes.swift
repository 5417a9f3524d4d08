extension NetworkGraph {
  /// The sizes of a result.
  public struct Shape: Hashable, Sendable {
    /// The number of channels.
    public var channels: Int
    /// The height, in pixels.
    public var height: Int
    /// The width, in pixels.
    public var width: Int
  }

  /// The sizes of all nodes' results for a picture of the given size.
  ///
  /// - Throws: `NetworkError` naming the node whose inputs do not fit each other.
  public func shapes(width: Int, height: Int) throws(NetworkError) -> [Shape] {
    var shapes: [Shape] = []
    for node in nodes {
      let inputs = node.inputs.map { shapes[$0] }
      var shape = Shape(channels: node.channels, height: height, width: width)
      if let first = inputs.first { (shape.height, shape.width) = (first.height, first.width) }
      func reduced(_ size: Int, reach: Int, stride: Int) -> Int { (size - reach) / stride + 1 }
      switch node.operation {
      case .convolution(let c):
        let reach = c.dilation * (c.size - 1) + 1 - c.zeros.before - c.zeros.after
        shape.height = reduced(shape.height, reach: reach, stride: c.stride)
        shape.width = reduced(shape.width, reach: reach, stride: c.stride)
      case .pooling(_, let size, let stride):
        let reach = size % 2 == 1 ? 1 : size
        shape.height = reduced(shape.height, reach: reach, stride: stride)
        shape.width = reduced(shape.width, reach: reach, stride: stride)
      case .transposedConvolution(_, _, let factor), .enlargement(_, let factor):
        (shape.height, shape.width) = (shape.height * factor, shape.width * factor)
      case .globalMean: (shape.height, shape.width) = (1, 1)
      case .softArgMax: shape.height = 1
      case .concatenation, .addition:
        guard
          inputs.allSatisfy({ $0.height == shape.height && $0.width == shape.width })
        else {
          let sizes = inputs.map { "\($0.width)×\($0.height)" }.joined(separator: " and ")
          throw NetworkError(
            .cannotRun,
            "A picture of \(width)×\(height) does not fit the network: \(node.name) would join "
              + "\(sizes). Use multiples of 32.")
        }
      default: break
      }
      guard shape.width > 0, shape.height > 0 else {
        throw NetworkError(
          .cannotRun,
          "A picture of \(width)×\(height) is too small: nothing is left at \(node.name).")
      }
      shapes.append(shape)
    }
    return shapes
  }

  /// Multiplications and additions of one run on a picture of the given size.
  public func multiplications(width: Int, height: Int) throws(NetworkError) -> Int {
    let shapes = try shapes(width: width, height: height)
    var total = 0
    for (node, shape) in zip(nodes, shapes) {
      let inputs = node.inputs.first.map { shapes[$0] }
      switch node.operation {
      case .convolution(let c):
        total +=
          c.outputs * (inputs?.channels ?? 0) / c.groups * c.size * c.size * shape.width
          * shape.height
      case .transposedConvolution(let outputs, let size, _):
        let from = inputs ?? shape
        total += outputs * from.channels * size * size * from.width * from.height
      default: break
      }
    }
    return total
  }
}
