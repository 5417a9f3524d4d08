import ArgumentParser
import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation

/// time by stage, processor seconds and memory for a flat page and a phone photo.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Print time by stage, processor seconds and memory.")

  @Argument(help: "Pages to measure; without any, a drawn page and a drawn photo.")
  var pages: [String] = []

  @Option(help: "How often each page is read; the fastest run counts.")
  var runs = 3

  @Option(help: "Processor cores that one page may use.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func run() throws {
    print("page\tpixels\tstage\tseconds\tprocessor seconds")
    let networks = Networks.bundled(threads: threads)
    if pages.isEmpty {
      for (name, photo) in try BenchPage.drawn() { try measure(name, photo, networks) }
    }
    for page in pages {
      let photo = try DecodedPhoto(contentsOf: URL(fileURLWithPath: page)).raster
      try measure(page, photo, networks)
    }
  }

  private func measure(
    _ name: String, _ photo: Raster<PhotoSpace>, _ networks: Networks
  ) throws {
    ProcessCost.forgetPeak()
    let before = ProcessCost.residentMegabytes
    let best = try fastest(.networkAndFit, photo, networks)
    let withoutFit = try fastest(.network, photo, networks)
    let head = "\(name)\t\(photo.width)x\(photo.height)"
    for stage in Stage.allCases {
      guard let seconds = best.clock.seconds[stage] else { continue }
      line(head, stage.rawValue, seconds, best.clock.processorSeconds[stage] ?? 0)
      if stage == .trace, let seconds = withoutFit.clock.seconds[stage] {
        line(head, "trace without fit", seconds, withoutFit.clock.processorSeconds[stage] ?? 0)
      }
    }
    line(head, "whole", best.wall, best.processor)
    print("\(head)\tpeak memory\t\(ProcessCost.peakMegabytes) MB (\(before) MB before)")
  }

  /// The cost of a page; of several runs the fastest counts.
  private struct Cost {
    var wall: Double
    var processor: Double
    var clock: StageClock
  }

  private func fastest(
    _ tracing: TracingMethod, _ photo: Raster<PhotoSpace>, _ networks: Networks
  ) throws -> Cost {
    var digitizer = Digitizer(networks: networks, threads: threads)
    digitizer.tracing = tracing
    var best: Cost?
    for _ in 0..<max(1, runs) {
      let (start, processor) = (ContinuousClock.now, ProcessCost.processorSeconds)
      var run = PageRun()
      _ = try digitizer.digitize(photo, &run)
      let (whole, atto) = start.duration(to: .now).components
      let cost = Cost(
        wall: Double(whole) + Double(atto) * 1e-18,
        processor: ProcessCost.processorSeconds - processor, clock: run.clock)
      if cost.processor < best?.processor ?? .infinity { best = cost }
    }
    return best ?? Cost(wall: 0, processor: 0, clock: StageClock())
  }

  private func line(_ head: String, _ name: String, _ seconds: Double, _ processor: Double) {
    print(
      "\(head)\t\(name)\t\(String(format: "%.3f", seconds))\t"
        + String(format: "%.3f", processor))
  }
}
