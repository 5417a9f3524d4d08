extension NetworkGraph {
  /// What a node computes.
  public enum Operation: Hashable, Sendable {
    /// The picture: values channel by channel.
    case input(channels: Int)
    /// A square convolution that keeps the size at stride 1.
    case convolution(Convolution)
    /// A convolution that enlarges by its stride.
    case transposedConvolution(outputs: Int, size: Int, stride: Int)
    /// Batch normalization with scale and shift.
    case normalization(epsilon: Double)
    /// Normalization of each picture over groups of channels; ε = 1e-5.
    case groupNormalization(groups: Int)
    /// A function of each number.
    case activation(Activation)
    /// The largest or mean value of squares.
    case pooling(Pooling, size: Int, stride: Int)
    /// The mean of each channel.
    case globalMean
    /// An enlargement by a whole factor.
    case enlargement(Enlargement, factor: Int)
    /// The input, and where each pixel lies.
    case coordinates
    /// The mean row of each column under the softmax of its logits.
    case softArgMax
    /// The channels of all inputs, one after another.
    case concatenation
    /// The sum of the inputs.
    case addition
  }

  /// How a convolution is made.
  public struct Convolution: Hashable, Sendable {
    /// Channels of the result.
    public var outputs: Int
    /// Rows and columns of the kernel.
    public var size: Int
    /// Pixels between results.
    public var stride: Int
    /// Pixels between the kernel's cells.
    public var dilation: Int
    /// Parts that channels are split into.
    public var groups: Int
    /// Whether a number is added to each channel.
    public var hasBias: Bool
    /// Where zeros are added.
    public var padding: Padding

    /// Zeros before the first and after the last row and column.
    public var zeros: (before: Int, after: Int) {
      switch padding {
      case .even: return (dilation * (size / 2), dilation * (size / 2))
      case .trailing:
        let all = max(0, dilation * (size - 1) + 1 - stride)
        return (all / 2, all - all / 2)
      }
    }
  }

  /// Where a convolution adds zeros.
  public enum Padding: String, Hashable, Sendable {
    /// Equally many on both sides.
    case even
    /// As few as possible, the odd one after the end: the habit of networks from TensorFlow.
    case trailing
  }

  /// A function of each number.
  public enum Activation: String, Hashable, Sendable, CaseIterable {
    /// max(x, 0).
    case relu
    /// max(x, 0), at most 6.
    case relu6
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
    /// x / (1 + e⁻ˣ).
    case silu
    /// x · min(max(x + 3, 0), 6) / 6.
    case hardSwish
    /// x · Φ(x), Φ being the normal distribution.
    case gelu
  }

  /// What of a square is kept.
  public enum Pooling: String, Hashable, Sendable {
    case largest, mean
  }

  /// How pixels between pixels are made.
  public enum Enlargement: String, Hashable, Sendable {
    /// Each pixel is repeated.
    case nearest
    /// Pixels are areas; between their middles it is interpolated.
    case bilinear
  }
}
