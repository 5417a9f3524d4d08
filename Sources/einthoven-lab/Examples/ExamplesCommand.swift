import ArgumentParser
import ECGFormats
import ECGSynthesis
import Foundation

/// draws the pages of the folder `Examples` anew.
struct ExamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "examples", abstract: "Draw the example pages.", shouldDisplay: false)

  @Argument(help: "Folder for the pages.")
  var folder = "Examples"

  func run() throws {
    for page in ExamplePage.allCases {
      let file = URL(fileURLWithPath: folder).appendingPathComponent(page.fileName)
      try AtomicFile.write(page.make().file, to: file)
    }
  }
}
