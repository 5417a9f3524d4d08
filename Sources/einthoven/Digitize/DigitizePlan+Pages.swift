import Foundation
import Glibc

extension DigitizePlan {
  /// Endings that mark a file in a folder as a page; whether it can be read is told later.
  private static let endings: Set<String> = [
    "png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "gif", "heic", "heif", "pdf", "dcm",
  ]

  /// The pages that `arguments` name: files, folders, patterns and `-`, in this order.
  ///
  /// A path that does not exist stays in the list: it is a failed page, not wrong usage.
  func findPages(_ arguments: [String]) -> [PageJob] {
    var jobs: [PageJob] = []
    for argument in arguments {
      if argument == "-" {
        jobs.append(job(nil, shownPath: "-", relative: "stdin"))
        continue
      }
      for path in Self.expand(argument) {
        guard Self.isFolder(path) else {
          jobs.append(
            job(Self.file(path), shownPath: path, relative: Self.mirrored(path) ?? path))
          continue
        }
        let folder = Self.mirrored(path)
        for inner in Self.pages(inFolder: path) {
          let shown = (path as NSString).appendingPathComponent(inner)
          jobs.append(
            job(
              Self.file(shown), shownPath: shown,
              relative: folder.map { $0 + "/" + inner } ?? inner))
        }
      }
    }
    return withoutCollisions(jobs)
  }

  private func job(_ file: URL?, shownPath: String, relative: String) -> PageJob {
    let stem: URL
    if let outputFolder {
      stem = outputFolder.appendingPathComponent((relative as NSString).deletingPathExtension)
    } else if let file {
      stem = file.deletingPathExtension()
    } else {
      stem = URL(fileURLWithPath: "stdin")
    }
    return PageJob(file: file, shownPath: shownPath, stem: stem)
  }

  /// Two pages that would write the same name keep their ending: `x.png.csv`, `x.jpg.csv`.
  private func withoutCollisions(_ jobs: [PageJob]) -> [PageJob] {
    var seenFiles: Set<String> = []
    let unique = jobs.filter { job in
      guard let file = job.file else { return true }
      return seenFiles.insert(file.standardizedFileURL.path).inserted
    }
    let counts = Dictionary(grouping: unique, by: key).mapValues(\.count)
    var taken: Set<String> = []
    return unique.map { job in
      var job = job
      if counts[key(job), default: 0] > 1, let file = job.file, !file.pathExtension.isEmpty {
        job.stem = job.stem.appendingPathExtension(file.pathExtension)
      }
      // The same name in two folders given one after the other: number the later ones.
      let wanted = job.stem
      var number = 2
      while !taken.insert(key(job)).inserted {
        job.stem = wanted.deletingLastPathComponent()
          .appendingPathComponent(wanted.lastPathComponent + "-\(number)")
        number += 1
      }
      return job
    }
  }

  /// What two pages must not share: the results' path, as WFDB spells it where that is written.
  private func key(_ job: PageJob) -> String {
    guard formats.contains(.wfdb) else { return job.stem.standardizedFileURL.path }
    return job.stem.deletingLastPathComponent().standardizedFileURL.path + "/" + job.wfdbName
  }

  /// Where a path that was given lies under the output folder: itself, or only its name where it
  /// leads out of the working folder; `nil` for that folder itself.
  private static func mirrored(_ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !parts.contains("..") else {
      return parts.last.flatMap { $0 == ".." ? nil : String($0) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    // An empty path would mean the working folder to a URL.
    return !path.isEmpty && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func file(_ path: String) -> URL {
    path.isEmpty ? URL(fileURLWithPath: "/dev/null/no-name") : URL(fileURLWithPath: path)
  }

  private static func pages(inFolder path: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
      return !isHidden && endings.contains((name as NSString).pathExtension.lowercased())
        && !name.hasSuffix(".overlay.png")
    }.sorted()
  }

  /// The paths that a pattern matches, where the shell did not expand it.
  private static func expand(_ argument: String) -> [String] {
    guard argument.contains(where: { "*?[".contains($0) }),
      !FileManager.default.fileExists(atPath: argument)
    else { return [argument] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(argument, GLOB_TILDE, nil, &found) == 0 else { return [argument] }
    return (0..<Int(found.gl_pathc)).compactMap { k in
      found.gl_pathv[k].map { String(cString: $0) }
    }
  }
}
