import Foundation

/// Where a library that is opened at run time may lie: only where the person who runs the program,
/// or who installed it, put it.
///
/// Never in the working folder: it may hold the files of strangers.
package enum LibraryPlaces {
  /// The folder that a variable of the environment names by its absolute path.
  package static func named(_ variable: String) -> String? {
    ProcessInfo.processInfo.environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  /// Folders `inside` the program's own folder and the ones above it: the package that the program
  /// was built in, or a place it was installed to. Links to the program are followed.
  package static func aroundProgram(_ inside: String) -> [String] {
    var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return (0..<6).map { _ in
      folder.deleteLastPathComponent()
      return folder.appendingPathComponent(inside).path
    }
  }
}
