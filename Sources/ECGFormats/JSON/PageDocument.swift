public import ECGCore
public import Foundation

/// What is kept of one digitized page in `NAME.json`: everything learned from it, and how it was
/// made, so that the result can be judged, repeated and resumed.
///
/// `Docs/JSON.md` lists every member. The file holds nothing that was printed about the patient.
public struct PageDocument: Hashable, Sendable {
  /// The version of this format. A reader refuses what it does not know.
  public static let schema = "einthoven.page/1"

  /// Which file was read.
  public struct Input: Hashable, Sendable {
    /// The size of the file, in bytes.
    public var byteCount: Int
    /// The SHA-256 of the file, as 64 hexadecimal digits.
    public var sha256: String
    /// The page within the file, 1 first.
    public var page: Int
    /// The ending of the file's name in small letters, such as `png`; empty if there is none.
    public var ending: String

    /// Names an input by size and hash.
    public init(byteCount: Int, sha256: String, page: Int = 1, ending: String = "") {
      self.byteCount = byteCount
      self.sha256 = sha256
      self.page = page
      self.ending = ending
    }

    /// Names the file with content `data`.
    public init(of data: Data, page: Int = 1, ending: String = "") {
      self.init(
        byteCount: data.count, sha256: SHA256.hexDigest(of: data), page: page, ending: ending)
    }
  }

  /// A file that was written together with this document.
  public struct ResultFile: Hashable, Sendable {
    /// The file's name, without its folder.
    public var name: String
    /// The file's size in bytes.
    public var byteCount: Int
    /// The SHA-256 of the file, as 64 hexadecimal digits.
    public var sha256: String

    /// Names a file by size and hash.
    public init(name: String, byteCount: Int, sha256: String) {
      self.name = name
      self.byteCount = byteCount
      self.sha256 = sha256
    }

    /// Names `file` with content `data`.
    public init(_ file: URL, _ data: Data) {
      self.init(
        name: file.lastPathComponent, byteCount: data.count, sha256: SHA256.hexDigest(of: data))
    }
  }

  /// What was learned from the page.
  public var digitization: Digitization
  /// Which file was read.
  public var input: Input
  /// The version of the program.
  public var programVersion: String
  /// The hash of the network's weights; `nil` if the page was read without a network.
  public var weightsSHA256: String?
  /// The options as given, for a person and for ``isResult(of:options:)``.
  public var options: JSONValue
  /// The other files of the result.
  public var results: [ResultFile]

  /// Creates a document.
  public init(
    _ digitization: Digitization, input: Input, programVersion: String,
    weightsSHA256: String? = nil, options: JSONValue = [:], results: [ResultFile] = []
  ) {
    self.digitization = digitization
    self.input = input
    self.programVersion = programVersion
    self.weightsSHA256 = weightsSHA256
    self.options = options
    self.results = results
  }

  /// Whether this is what a run over `input` with `options` left behind.
  public func isResult(of input: Input, options: JSONValue) -> Bool {
    self.input == input && self.options == options
  }
}
