import Foundation
import Glibc

extension RawPath {
  /// Endings that mark a file in a folder as a page; whether it can be read is told later.
  private static let endings: Set<String> = [
    "png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "gif", "heic", "heif", "pdf", "dcm",
  ]

  /// The pictures that `typed` names: files, and those in folders and patterns.
  package static func pages(named typed: [String]) -> [RawPath] {
    arguments(like: typed).flatMap { $0.expanded() }.flatMap { path in
      path.isFolder ? path.pagesBelow().map { path.appending($0) } : [path]
    }
  }

  /// The pages in this folder and below it, by their paths from here.
  package func pagesBelow() -> [RawPath] {
    filesBelow().filter { file in
      let name = file.asName
      return Self.endings.contains((name as NSString).pathExtension.lowercased())
        && !name.hasSuffix(".overlay.png")
    }
  }

  /// The paths that a pattern matches, where the shell did not expand it; else this path.
  package func expanded() -> [RawPath] {
    guard let pattern = text, pattern.contains(where: { "*?[".contains($0) }),
      !FileManager.default.fileExists(atPath: pattern)
    else { return [self] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, GLOB_TILDE, nil, &found) == 0 else { return [self] }
    return (0..<Int(found.gl_pathc)).compactMap { k in
      found.gl_pathv[k].map { path in
        RawPath(UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) })
      }
    }
  }
}
