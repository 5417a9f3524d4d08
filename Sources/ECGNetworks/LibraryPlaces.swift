package import Foundation

/// Where a library that is opened at run time may lie: only where the person who runs the program,
/// or who installed it, put it.
///
/// Never in the working folder, and never in just any folder above the program: they may hold the
/// files of strangers.
package enum LibraryPlaces {
  /// The folder that a variable of the environment names by its absolute path.
  package static func named(_ variable: String) -> String? {
    ProcessInfo.processInfo.environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  /// The folder of the program itself; links to it are followed.
  package static let ofProgram = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// The `.deps` of the package that the program was built in: the folder above the `.build…`
  /// that holds it; `nil` for a program that lies elsewhere.
  package static let ofPackage: String? = {
    var folder = ofProgram
    for _ in 0..<5 {
      let isBuildFolder = folder.lastPathComponent.hasPrefix(".build")
      folder.deleteLastPathComponent()
      if isBuildFolder { return folder.appendingPathComponent(".deps").path }
    }
    return nil
  }()
}
