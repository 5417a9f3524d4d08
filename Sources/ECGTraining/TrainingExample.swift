public import ECGNetworks

/// One training example: what the network sees, and what is known about it.
public struct TrainingExample: Sendable {
  /// Numbers in a shape, without the axis of the batch: channels, rows, columns.
  public typealias Numbers = NetworkWeights.Tensor

  /// The picture.
  public var input: Numbers
  /// What losses compare with: targets and masks, by name.
  public var truths: [String: Numbers]

  /// Creates an example.
  public init(input: Numbers, truths: [String: Numbers]) {
    (self.input, self.truths) = (input, truths)
  }
}
