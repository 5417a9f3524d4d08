import ArgumentParser
import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation

/// Hidden: digitizes pages to CSV with as little around it as possible.
struct DebugStages: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "debug-stages", shouldDisplay: false)
  @Argument var pages: [String]
  @Option var output = "out/debug"
  @Option var ppm: Double?
  @Flag var dump = false
  @Flag var flat = false
  @Option var tracing = TracingMethod.networkAndFit
  @Flag var unreconciled = false

  func dumpInk(_ photo: Raster<PhotoSpace>, stem: String, options: Digitizer.Options) throws {
    var findings: [Finding] = []
    let rectifier: any Rectifying = flat ? DeclaredScale() : GridRectifier()
    let page = try rectifier.rectify(photo, options: options, findings: &findings)
    let map = InkClassifier().classify(page, findings: &findings)
    var bytes = map.ink.values.flatMap { value -> [UInt8] in
      let level = UInt8(min(max(255 - 255 * value, 0), 255))
      return [level, level, level]
    }
    let rows = LeadLocator().rows(in: map)
    let paths = RowTracer().paths(of: rows, in: map)
    let colours: [[UInt8]] = [
      [255, 0, 0], [0, 160, 0], [0, 0, 255], [200, 120, 0], [180, 0, 180], [0, 160, 160],
    ]
    for (k, path) in paths.enumerated() {
      for (i, span) in path.spans.enumerated() {
        let x = path.firstColumn + i
        for y in span ?? (Int(path.rows[i])...Int(path.rows[i])) {
          for c in 0..<3 { bytes[3 * (y * map.ink.width + x) + c] = colours[k % 6][c] }
        }
      }
    }
    let picture = Raster<PageSpace>(width: map.ink.width, height: map.ink.height, bytes: bytes)
    try picture.pngData().write(to: URL(fileURLWithPath: "\(output)/\(stem)-ink.png"))
    print("noise", map.noise)
    for row in LeadLocator().rows(in: map) { print(row) }
  }

  func run() throws {
    for page in pages {
      let url = URL(fileURLWithPath: page)
      let stem = url.deletingPathExtension().lastPathComponent
      do {
        var options = Digitizer.Options()
        options.photoPixelsPerMillimeter = ppm
        let photo = try DecodedPhoto(contentsOf: url).raster
        if dump { try dumpInk(photo, stem: stem, options: options) }
        var digitizer = Digitizer(options, networks: .bundled)
        digitizer.tracing = tracing
        digitizer.reconcilesLimbLeads = !unreconciled
        if flat { digitizer.rectifier = DeclaredScale() }
        let result = try digitizer.digitize(photo)
        var csv = "time_s," + Lead.standard12.map(\.rawValue).joined(separator: ",") + "\n"
        let columns = Lead.standard12.map { result.recording.samples(of: .lead($0)) }
        for n in 0..<result.recording.sampleCount {
          csv += "\(Double(n) / result.recording.samplingFrequency)"
          for column in columns { csv += "," + (column[n].map { "\($0)" } ?? "") }
          csv += "\n"
        }
        var text = ""
        for trace in result.traces {
          for (k, point) in trace.points.enumerated() {
            guard let point else { continue }
            text +=
              "\(trace.placement.row) \(trace.firstX + Double(k) * trace.stepX) \(point.y) \(point.standardDeviation)\n"
          }
        }
        if dump {
          try text.write(toFile: "\(output)/\(stem)-points.txt", atomically: true, encoding: .utf8)
        }
        try csv.write(toFile: "\(output)/\(stem).csv", atomically: true, encoding: .utf8)
        print(
          stem, result.layout?.name ?? "-", result.placements.count,
          result.findings.map(\.message), result.calibration?.items.map(\.note) ?? [],
          result.secondsPerStage.map { "\($0.key.rawValue) \(Int($0.value * 1000))" })
      } catch {
        print(stem, error)
      }
    }
  }
}

extension TracingMethod: ExpressibleByArgument {}
