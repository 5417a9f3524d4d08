import Foundation

/// One page to read and where its results go.
struct PageJob: Sendable {
  /// The picture's file, or `nil` for standard input.
  var file: URL?
  /// The path as the person knows it.
  var shownPath: String
  /// The results' path without extension.
  var stem: URL
  /// The record's name in formats that carry one.
  var recordName: String { stem.lastPathComponent }

  /// A result's path.
  func result(_ fileExtension: String) -> URL { stem.appendingPathExtension(fileExtension) }
}
