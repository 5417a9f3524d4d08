import ArgumentParser
import ECGCore
import ECGFormats
import Foundation

/// The geometry of an earlier result, given back by `--geometry`.
struct GivenGeometry: Codable, Sendable {
  private let path: String
  /// The earlier result.
  let document: PageDocument

  /// Reads the result's JSON.
  ///
  /// - Throws: `ValidationError`, which ends the program with exit code 64.
  init(path: String) throws {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw ValidationError("--geometry: there is no file that can be read at \(path).")
    }
    do throws(PageError) {
      document = try PageDocument(json: data)
    } catch {
      throw ValidationError("--geometry: \(error.description) File: \(path)")
    }
    self.path = path
  }

  /// Processes that read pages are told the path.
  init(from decoder: any Decoder) throws {
    try self.init(path: decoder.singleValueContainer().decode(String.self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(path)
  }

  /// What is wrong where the earlier result is of another picture than `input`.
  ///
  /// Returned, not thrown: compiled for release, Swift 6.3.1 breaks a typed throw from a function
  /// that returns the result.
  func mismatch(with input: PageDocument.Input) -> PageError? {
    guard document.input != input else { return nil }
    let (then, now) = (document.input.byteCount, input.byteCount)
    return PageError(
      .geometryMismatch,
      "The geometry given is of another picture: "
        + (then == now
          ? "the files have \(now) bytes both, but other contents."
          : "it was found in a file of \(then) bytes, this one has \(now)."),
      remedy: "Give --geometry the JSON of an earlier run over the same file.")
  }

  /// What names it in the options: a corrected geometry is another one.
  var fingerprint: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = try? encoder.encode(document.digitization.geometry)
    return PageDocument.Input(of: text ?? Data()).sha256
  }
}
