import ArgumentParser
import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation

/// Hidden: time by stage, processor seconds and memory for a flat page and a phone photo.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Print time by stage, processor seconds and memory.",
    shouldDisplay: false)

  @Argument(help: "Pages to measure; without any, a drawn page and a drawn photo.")
  var pages: [String] = []

  @Option(help: "How often each page is read; the fastest run counts.")
  var runs = 3

  func run() throws {
    print("page\tpixels\tstage\tseconds")
    if pages.isEmpty {
      for (name, photo) in try BenchPage.drawn() { try measure(name, photo) }
    }
    for page in pages {
      let photo = try DecodedPhoto(contentsOf: URL(fileURLWithPath: page)).raster
      try measure(page, photo)
    }
  }

  private func measure(_ name: String, _ photo: Raster<PhotoSpace>) throws {
    var best: (wall: Double, processor: Double, stages: [Stage: Double])?
    ProcessCost.forgetPeak()
    let before = ProcessCost.residentMegabytes
    for _ in 0..<max(1, runs) {
      let start = (wall: ContinuousClock.now, processor: ProcessCost.processorSeconds)
      let result = try Digitizer(networks: .bundled).digitize(photo)
      let (whole, atto) = start.wall.duration(to: .now).components
      let wall = Double(whole) + Double(atto) * 1e-18
      if wall < best?.wall ?? .infinity {
        best = (wall, ProcessCost.processorSeconds - start.processor, result.secondsPerStage)
      }
    }
    guard let best else { return }
    let head = "\(name)\t\(photo.width)x\(photo.height)"
    for stage in Stage.allCases {
      if let seconds = best.stages[stage] { line(head, stage.rawValue, seconds) }
    }
    line(head, "whole", best.wall)
    line(head, "processor", best.processor)
    print("\(head)\tpeak memory\t\(ProcessCost.peakMegabytes) MB (\(before) MB before)")
  }

  private func line(_ head: String, _ name: String, _ seconds: Double) {
    print("\(head)\t\(name)\t\(String(format: "%.3f", seconds))")
  }
}
