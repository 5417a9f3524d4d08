package import ECGCore
import ECGFormats
package import Foundation

/// Where figures go: standard output, a file, or the place in a document that is kept for them.
package struct Output {
  /// The file; `nil` is standard output.
  package let path: String?

  package init(path: String?) { self.path = path }

  /// Writes everything there is.
  package func write(_ data: Data) throws(PageError) {
    guard let path else {
      FileHandle.standardOutput.write(data)
      return
    }
    try AtomicFile.write(data, to: URL(fileURLWithPath: path))
  }

  /// Writes `text` between `<!-- NAME: begin … -->` and `<!-- NAME: end -->`; what people wrote around
  /// them stays. A document without the marks gets them at its end, a new one holds nothing else.
  package func write(_ text: String, between name: String) throws(PageError) {
    let begin = "<!-- \(name): begin"
    let end = "<!-- \(name): end -->"
    let section =
      "\(begin) (written by the program; changes here are lost) -->\n\n\(text)\n\(end)\n"
    guard let path else {
      FileHandle.standardOutput.write(Data(text.utf8))
      return
    }
    let file = URL(fileURLWithPath: path)
    var document = ""
    if FileManager.default.fileExists(atPath: file.path) {
      guard let old = try? String(contentsOf: file, encoding: .utf8) else {
        throw PageError(
          .unreadable, "The document is not text.", remedy: "Give another file to write to.")
      }
      document = old
    }
    if let from = document.range(of: begin) {
      guard let to = document.range(of: end, range: from.upperBound..<document.endIndex) else {
        throw PageError(
          .invalidRecord,
          "The document has the mark where \(name) begins, but not the one where it ends.",
          remedy: "Add the line \(end) to it.")
      }
      var last = to.upperBound
      if document[last...].hasPrefix("\n") { last = document.index(after: last) }
      document.replaceSubrange(from.lowerBound..<last, with: section)
    } else {
      if !document.isEmpty, !document.hasSuffix("\n") { document += "\n" }
      document += (document.isEmpty ? "" : "\n") + section
    }
    try write(Data(document.utf8))
  }

  /// The day, as in 2026-11-21.
  package static var today: String {
    let now = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return String(format: "%04d-%02d-%02d", now.year ?? 0, now.month ?? 0, now.day ?? 0)
  }
}
