import ArgumentParser
import ECGExperiments
import Foundation

/// Measures how fast the lattice network is trained and run; `make bench` compares with Python.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measures the speed of training and inference.",
    shouldDisplay: false)

  @Option(help: "Threads that compute.")
  var threads = 2

  @Option(help: "Steps that are measured; the fastest counts.")
  var steps = 6

  @Flag(help: "Count the processor's time instead of the clock's.")
  var cpuTime = false

  @Option(help: "Where the network is written for others to measure, as ONNX.")
  var onnx: String?

  func run() throws {
    var measurement = SpeedMeasurement(threads: threads, steps: steps)
    measurement.countsProcessorTime = cpuTime
    for line in try measurement.lines(onnx: onnx.map { URL(fileURLWithPath: $0) }) { print(line) }
  }
}
