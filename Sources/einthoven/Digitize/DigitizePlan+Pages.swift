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
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists && isFolder.boolValue else {
          jobs.append(
            job(URL(fileURLWithPath: path), shownPath: path, relative: Self.mirrored(path)))
          continue
        }
        let name = Self.folderName(path)
        for inner in Self.pages(inFolder: path) {
          jobs.append(
            job(
              URL(fileURLWithPath: path).appendingPathComponent(inner),
              shownPath: (path as NSString).appendingPathComponent(inner),
              relative: name.isEmpty ? inner : name + "/" + inner))
        }
      }
    }
    return Self.withoutCollisions(jobs)
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
  private static func withoutCollisions(_ jobs: [PageJob]) -> [PageJob] {
    var seenFiles: Set<String> = []
    let unique = jobs.filter { job in
      guard let file = job.file else { return true }
      return seenFiles.insert(file.standardizedFileURL.path).inserted
    }
    let counts = Dictionary(grouping: unique, by: { $0.stem.standardizedFileURL.path })
      .mapValues(\.count)
    var used: [String: Int] = [:]
    return unique.map { job in
      var job = job
      if counts[job.stem.standardizedFileURL.path, default: 0] > 1, let file = job.file {
        job.stem = job.stem.appendingPathExtension(file.pathExtension)
      }
      // The same name in two folders given one after the other: number the later ones.
      let key = job.stem.standardizedFileURL.path
      used[key, default: 0] += 1
      if let n = used[key], n > 1 {
        job.stem = job.stem.deletingLastPathComponent()
          .appendingPathComponent(job.stem.lastPathComponent + "-\(n)")
      }
      return job
    }
  }

  /// The path that a file given by itself has under the output folder.
  private static func mirrored(_ path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    guard !path.hasPrefix("/"), !parts.contains("..") else { return parts.last ?? path }
    return parts.filter { $0 != "." }.joined(separator: "/")
  }

  /// The name that a folder given by itself has under the output folder.
  private static func folderName(_ path: String) -> String {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let isHere = path.split(separator: "/").allSatisfy { $0 == "." }
    return isHere || name == "/" || name == ".." ? "" : name
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
