import ECGCommandSupport
import ECGFormats
import Foundation

extension DigitizePlan {
  /// The pages that `typed` names: files, folders, patterns and `-`, in this order.
  ///
  /// A path that does not exist stays in the list: it is a failed page, not wrong usage.
  func findPages(_ typed: [String]) -> [PageJob] {
    var jobs: [PageJob] = []
    for argument in RawPath.arguments(like: typed) {
      if argument == RawPath("-") {
        jobs.append(job(nil, relative: "stdin"))
        continue
      }
      for path in argument.expanded() {
        guard path.isFolder else {
          jobs.append(job(path, relative: Self.mirrored(path.asName) ?? path.asName))
          continue
        }
        let folder = Self.mirrored(path.asName)
        for inner in path.pagesBelow() {
          let relative = folder.map { $0 + "/" + inner.asName } ?? inner.asName
          jobs.append(job(path.appending(inner), relative: relative))
        }
      }
    }
    return withoutCollisions(jobs)
  }

  private func job(_ file: RawPath?, relative: String) -> PageJob {
    var stem: URL
    if let outputFolder {
      stem = outputFolder.appendingPathComponent((relative as NSString).deletingPathExtension)
    } else {
      // Beside the page; where its folder's name is no text, in the working folder.
      stem = URL(fileURLWithPath: file.flatMap { $0.text ?? relative } ?? "stdin")
        .deletingPathExtension()
    }
    let name = stem.lastPathComponent
    if name.utf8.count > Self.longestStem {
      let tag = PageDocument.Input(of: Data(name.utf8)).sha256.prefix(8)
      var short = name
      while short.utf8.count > Self.longestStem - 9 { short.removeLast() }
      stem = stem.deletingLastPathComponent().appendingPathComponent("\(short)-\(tag)")
    }
    return PageJob(file: file, shownPath: file?.shown ?? "-", stem: stem)
  }

  /// Bytes of a result's name without its endings: file systems end names at 255.
  private static let longestStem = 230

  /// Two pages that would write the same name keep their ending: `x.png.csv`, `x.jpg.csv`.
  private func withoutCollisions(_ jobs: [PageJob]) -> [PageJob] {
    var seenFiles: Set<String> = []
    let unique = jobs.filter { job in
      guard let file = job.file else { return true }
      let key = file.text.map { URL(fileURLWithPath: $0).standardizedFileURL.path } ?? file.asName
      return seenFiles.insert(key).inserted
    }
    let counts = Dictionary(grouping: unique, by: key).mapValues(\.count)
    var taken: Set<String> = []
    return unique.map { job in
      var job = job
      let ending = (job.file?.asName as NSString?)?.pathExtension ?? ""
      if counts[key(job), default: 0] > 1, !ending.isEmpty {
        job.stem = job.stem.appendingPathExtension(ending)
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
}
