package import ECGCore
package import Foundation

/// The files below a folder by the name of the page they belong to.
package struct FileIndex {
  /// The file of each page.
  package private(set) var files: [String: URL] = [:]
  /// The file of each page by its path below the folder, without its ending.
  package private(set) var paths: [String: URL] = [:]
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
        let stem = String(path.dropLast(ending.count + 1))
        if self.paths[stem] == nil { self.paths[stem] = folder.appendingPathComponent(path) }
      }
      for (id, candidates) in here where files[id] == nil {
        let chosen = candidates.first { !$0.contains("/") } ?? candidates[0]
        files[id] = folder.appendingPathComponent(chosen)
        if candidates.count > 1, chosen.contains("/") { ambiguous.insert(id) }
      }
    }
  }
  /// The file of page `id` of `set`: by its path, by its set's folder, or by its name alone.
  ///
  /// - Returns: `nil` if there is none, or if several folders hold one and nothing says which is meant.
  package func file(_ id: String, set: String = "") -> URL? {
    if let file = paths[id] ?? paths["\(set)/\(id)"] { return file }
    if !set.isEmpty {
      let inside = paths.keys.filter { "/\($0)".hasSuffix("/\(set)/\(id)") }
      if inside.count == 1 { return paths[inside[0]] }
    }
    return ambiguous.contains(id) ? nil : files[id]
  }
}
