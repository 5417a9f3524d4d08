public import ECGCore
public import Foundation

extension FolderInspection {
  /// Looks at the records of a folder, or of the pages that a manifest names.
  ///
  /// - Throws: `PageError.notFound` if there is nothing at `location`.
  public static func records(at location: URL) async throws(PageError) -> [RecordFacts] {
    let pages: [TruthPage]
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: location.path, isDirectory: &isFolder) else {
      throw PageError(.notFound, "The folder does not exist.", remedy: "Check the path.")
    }
    do throws(PageError) {
      pages = try TruthSet(at: location).pages
    } catch {
      // A folder of pictures alone holds no record.
      if isFolder.boolValue { return [] }
      throw error
    }
    let root = location.standardizedFileURL.path
    return await withTaskGroup(of: (Int, RecordFacts).self) { group in
      var waiting = pages.indices.makeIterator()
      func startNext() {
        guard let k = waiting.next() else { return }
        group.addTask {
          let page = pages[k]
          let folder = page.file.deletingLastPathComponent().standardizedFileURL.path
          let split = folder.hasPrefix(root + "/") ? String(folder.dropFirst(root.count + 1)) : ""
          var facts = RecordFacts(
            id: page.id, split: page.set.isEmpty ? split : page.set, file: page.file,
            samplingFrequency: page.samplingFrequency)
          facts.patient = page.patient
          return (k, facts)
        }
      }
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { startNext() }
      var done: [(Int, RecordFacts)] = []
      for await result in group {
        done.append(result)
        startNext()
      }
      return done.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
