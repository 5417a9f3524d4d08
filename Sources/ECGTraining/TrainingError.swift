/// Why training cannot start or go on, in one sentence.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong and what to do.
  public var message: String

  /// Creates an error.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}
