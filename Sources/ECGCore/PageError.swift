/// Why a page could not be read at all: what, why, and what to do about it.
///
/// Anything less is a ``Finding``. Messages hold nothing that was read from the page.
public struct PageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: String, Hashable, Codable, Sendable, CaseIterable {
    case notFound
    case unreadable
    case emptyFile
    case unknownFormat
    case unsupportedFormat
    case corruptImage
    case tooManyPixels
    case tooManyBytes
    case tooSmall
    case tooLong
    case noECG
    case geometryMismatch
    case noTrace
    case cannotWrite
    case wouldReplace
    case tookTooLong
    case tookTooMuchMemory
    case invalidRecord
    case strict
    case cancelled
    case internalError
  }

  /// What kind it is.
  public var code: Code
  /// What went wrong, in one sentence.
  public var message: String
  /// What the person can do about it, in one sentence.
  public var remedy: String

  /// Creates an error.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// Message and remedy.
  public var description: String { remedy.isEmpty ? message : "\(message) \(remedy)" }
}
