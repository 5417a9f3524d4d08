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

  @Option(help: "Where the network is written for others to measure, as ONNX.")
  var onnx: String?

  func run() throws {
    for line in try SpeedMeasurement(threads: threads, steps: steps).lines(
      onnx: onnx.map { URL(fileURLWithPath: $0) })
    {
      print(line)
    }
  }
}
