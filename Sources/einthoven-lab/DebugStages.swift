import ArgumentParser
import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation

/// digitizes pages to CSV with as little around it as possible.
struct DebugStages: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "debug-stages", shouldDisplay: false)
  @Argument var pages: [String]
  @Option var output = "out/debug"
  @Option var ppm: Double?
  @Flag var dump = false
  @Flag var locate = false
  @Flag var flat = false
  @Option var tracing = TracingMethod.networkAndFit
  @Flag var unreconciled = false
  @Option var threads = 1

  func dumpInk(_ photo: Raster<PhotoSpace>, stem: String, options: Digitizer.Options) throws {
    var findings: [Finding] = []
    let page =
      flat
      ? try DeclaredScale().rectify(photo, options: options, findings: &findings)
      : try GridRectifier(network: Networks.bundled.lattice).rectify(
        photo, options: options, findings: &findings)
    let map = InkClassifier().classify(page, findings: &findings)
    let bytes = map.ink.values.flatMap { value -> [UInt8] in
      let level = UInt8(min(max(255 - 255 * value, 0), 255))
      return [level, level, level]
    }
    let picture = Raster<PageSpace>(width: map.ink.width, height: map.ink.height, bytes: bytes)
    try picture.pngData().write(to: URL(fileURLWithPath: "\(output)/\(stem)-ink.png"))
  }

  /// What Locate sees: names in every position, rows and pulses in the best one.
  func printLocated(_ photo: Raster<PhotoSpace>, options: Digitizer.Options) throws {
    var findings: [Finding] = []
    let networks = Networks.bundled
    let flat = try GridRectifier(network: networks.lattice).rectify(
      photo, options: options, findings: &findings)
    let s = flat.geometry.pixelsPerMillimeterX
    let reader = try networks.names.get()
    let names = try reader.read(flat.page, pixelsPerMillimeter: s)
    print("page \(flat.page.width / Int(s)) × \(flat.page.height / Int(s)) mm; refused:")
    for refusal in names.refusals { print("  \(refusal.reason)") }
    for (position, score) in names.scores {
      print("  \(position.quarterTurns) \(position.isMirrored ? "mirrored" : ""): \(score)")
    }
    for fit in reader.fitter.fits(to: names.marks).prefix(4) {
      print(
        "  \(fit.namedLayout.name) \(fit.score), \(fit.seen.count) of \(fit.layout.slots.count), "
          + "unexplained \(fit.unexplainedScore), rows \(fit.rowNames.millimeters), "
          + "columns \(fit.columnXMillimeters)")
    }
    for mark in reader.fitter.strongestPerPlace(names.marks) where mark.score > 0.3 {
      print("  \(mark.kind) at \(mark.xMillimeters), \(mark.yMillimeters): \(mark.score)")
    }
    for mark in names.marks where mark.kind == .pulse {
      print("  pulse at \(mark.xMillimeters), \(mark.yMillimeters): \(mark.score)")
    }
    let page = flat.put(names.position)
    let map = InkClassifier().classify(page, findings: &findings)
    let followed = RowFollower().rows(in: map, names: names.rowNames)
    for row in followed.map(\.row) {
      print(
        "row at \(row.baselineY / s) mm, from \(Double(row.extent.lowerBound) / s) to "
          + "\(Double(row.extent.upperBound) / s), cover \(row.coverage), darkness \(row.darkness)")
    }
    for ends in RowEnds.all(followed, in: map) {
      guard let ends else { continue }
      print(
        "trace from \(ends.startX / s)\(ends.hasOpenStart ? " or later" : "") to "
          + "\(ends.endX / s)\(ends.hasOpenEnd ? " or sooner" : "")")
    }
    if let reader = try? networks.settings.get() {
      for (strip, letters) in try reader.letters(on: page.page, ink: map) where letters.count > 2 {
        let text = letters.map { "\($0.letter)@\(Int($0.x)):\(Int(100 * $0.score))" }.joined(
          separator: " ")
        print("strip at \(strip.left / s), \(strip.top / s), cap \(14 * strip.factor / s):", text)
      }
    }
    for (k, row) in followed.enumerated() {
      guard let pulse = row.pulse else { continue }
      print(
        "pulse of row \(k) from \(pulse.riseX / s) to \(pulse.fallX / s), foot "
          + "\(pulse.footY / s), \(pulse.height / s) mm")
    }
  }

  func run() throws {
    for page in pages {
      let url = URL(fileURLWithPath: page)
      let stem = url.deletingPathExtension().lastPathComponent
      do {
        var options = Digitizer.Options()
        options.photoPixelsPerMillimeter = ppm
        let photo = try DecodedPhoto(contentsOf: url).raster
        if locate { try printLocated(photo, options: options) }
        if dump { try dumpInk(photo, stem: stem, options: options) }
        var digitizer = Digitizer(options, networks: .bundled, threads: threads)
        digitizer.tracing = tracing
        digitizer.reconcilesLimbLeads = !unreconciled
        if flat { digitizer.rectifier = DeclaredScale() }
        let result = try digitizer.timed(photo, byProcessor: true)
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
        let s = result.geometry.pixelsPerMillimeterX
        let first =
          result.placements.first.map { [$0.startX / s, ($0.endX - $0.startX) / s] } ?? []
        print(
          stem, result.layout?.name ?? "-", result.placements.count, first,
          result.printed.compactMap(\.statement),
          result.findings.map(\.message), result.calibration?.items.map(\.note) ?? [],
          result.secondsPerStage.map { "\($0.key.rawValue) \(Int($0.value * 1000))" })
      } catch {
        print(stem, error)
      }
    }
  }
}

extension TracingMethod: ExpressibleByArgument {}

extension PrintedText {
  /// What is stated of speed or gain, and how surely; `nil` for a name.
  fileprivate var statement: String? {
    switch meaning {
    case .lead, .invertedLead: nil
    case .paperSpeed(let speed): "\(speed.millimetersPerSecond) mm/s \(score)"
    case .gain(let gain): "\(gain.millimetersPerMillivolt) mm/mV \(score)"
    }
  }
}
