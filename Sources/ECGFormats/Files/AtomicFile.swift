public import ECGCore
public import Foundation

/// Writes files that appear whole or not at all: under another name first, then renamed.
///
/// A name that starts with a dot and ends in `.part` is what a killed run may leave behind.
public enum AtomicFile {
  /// Writes `data` to `file`, replacing what was there. Missing folders are made.
  ///
  /// - Throws: `PageError.cannotWrite`; then nothing was changed.
  public static func write(_ data: Data, to file: URL) throws(PageError) {
    try write([(file, data)])
  }

  /// Writes several files that belong together: each appears whole, and none before all of them
  /// have reached the disk.
  ///
  /// - Throws: `PageError.cannotWrite`.
  public static func write(_ files: [(file: URL, data: Data)]) throws(PageError) {
    var parts: [URL] = []
    do {
      for (file, data) in files {
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tag = String(UInt64.random(in: 0 ... .max), radix: 36)
        let part = folder.appendingPathComponent(".einthoven-\(tag).part")
        parts.append(part)
        try data.write(to: part, options: .withoutOverwriting)
        let handle = try FileHandle(forUpdating: part)
        try handle.synchronize()
        try handle.close()
      }
      for (part, target) in zip(parts, files) {
        guard rename(part.path, target.file.path) == 0 else {
          throw CocoaError(.fileWriteUnknown)
        }
      }
    } catch {
      for part in parts { try? FileManager.default.removeItem(at: part) }
      throw PageError(
        .cannotWrite, "The results cannot be written\(reason(error)).",
        remedy: "Check the folder given with -o: its permissions and the space on its disk.")
    }
  }

  /// What stood in the way of writing, to be put behind a sentence; empty if it is not known.
  package static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileWriteNoPermission: ": there is no permission"
    case .fileWriteOutOfSpace: ": the disk is full"
    case .fileWriteVolumeReadOnly: ": the disk is read-only"
    default: ""
    }
  }
}
