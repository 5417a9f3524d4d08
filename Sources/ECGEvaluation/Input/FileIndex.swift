package import ECGCore
package import Foundation

/// The files below a folder by the name of the page they belong to.
package struct FileIndex {
  /// The file of each page.
  package private(set) var files: [String: URL] = [:]
  /// Pages for which several folders hold a file of the same kind.
  package private(set) var ambiguous: Set<String> = []

  /// Looks for files with one of `endings`, earlier endings first.
  ///
  /// A file at the top wins over one in a folder below; two below are ambiguous.
  /// - Throws: `PageError.notFound` if `folder` is no folder.
  package init(of folder: URL, endings: [String]) throws(PageError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue, let found = FileManager.default.enumerator(atPath: folder.path)
    else {
      throw PageError(.notFound, "The folder does not exist.", remedy: "Check the path.")
    }
    let paths = found.compactMap { $0 as? String }.sorted()
    for ending in endings {
      var here: [String: [String]] = [:]
      for path in paths where path.lowercased().hasSuffix("." + ending) {
        let name = (path as NSString).lastPathComponent
        guard !name.hasPrefix(".") else { continue }
        here[String(name.dropLast(ending.count + 1)), default: []].append(path)
      }
      for (id, candidates) in here where files[id] == nil {
        let chosen = candidates.first { !$0.contains("/") } ?? candidates[0]
        files[id] = folder.appendingPathComponent(chosen)
        if candidates.count > 1, chosen.contains("/") { ambiguous.insert(id) }
      }
    }
  }
}
