/// Why a network cannot be used: what is missing or wrong, in one sentence.
public struct NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: Hashable, Sendable {
    /// The library that runs networks is not installed or does not open.
    case noRuntime
    /// The weights are damaged or belong to another graph.
    case badWeights
    /// The library refused to run.
    case cannotRun
  }

  /// What kind it is.
  public var code: Code
  /// What went wrong and what to do.
  public var message: String

  /// Creates an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
