import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import Foundation

/// The rendered pages of the data folder, whose geometry is known to a hundredth of a pixel.
enum KnownPages {
  static let folder: URL? = {
    let root = ProcessInfo.processInfo.environment["EINTHOVEN_DATA"] ?? "../shared"
    let url = URL(fileURLWithPath: root).appendingPathComponent("data/renders")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  static let names: [String] = {
    guard let folder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasPrefix("render-") && $0.hasSuffix(".png") }
      .map { String($0.dropLast(4)) }.sorted()
  }()

  /// All leads of `name`, in mV at 500 Hz.
  static func record(_ name: String) throws -> Recording {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return try Recording(wfdbHeader: folder.appendingPathComponent(name + ".hea"))
  }

  static func samples(_ lead: Lead, of recording: Recording) -> [Float] {
    recording.segments.first { $0.channel == .lead(lead) }?.millivolts ?? []
  }

  /// One printed stretch of one lead.
  struct Stretch {
    var lead: Lead
    var isRhythm: Bool
    var firstSample: Int
    var truth: [Float]
    var zeroY: Double
    var firstX: Double
  }

  /// A page with its ink, the band of every stretch, and the truth.
  struct Page {
    var map: InkMap
    var paths: [InkPath]
    var stretches: [Stretch]
    var hidden: [ClosedRange<Int>]
  }

  static let pixelsPerMillimeter = 7.874
  static let stepX = 0.3937
  static let rows: [[Lead]] = [
    [.I, .aVR, .V1, .V4], [.II, .aVL, .V2, .V5], [.III, .aVF, .V3, .V6], [.II],
  ]
  static let zeros = [707.83, 991.17, 1274.5, 1534.21]

  static func page(_ name: String) throws -> Page {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    let photo = try DecodedPhoto(contentsOf: folder.appendingPathComponent(name + ".png")).raster
    let record = try record(name)
    let count = photo.width * photo.height
    let levels = (0..<count).map { i in
      Float(max(photo.bytes[3 * i], photo.bytes[3 * i + 1], photo.bytes[3 * i + 2]))
    }
    let darkest = levels.min() ?? 0
    let ink = levels.map { min(max((255 - $0) / (255 - darkest), 0), 1) }
    let map = InkMap(
      ink: Plane(width: photo.width, height: photo.height, values: ink),
      pixelsPerMillimeter: pixelsPerMillimeter, noise: 0.01)
    let hasPulse = try pulsePages().contains(name)
    let left = hasPulse ? 117.61 : 78.24
    let bars = (1...3).map { left + 1250 * stepX * Double($0) }
    let hidden =
      [Int(left - 50)...Int(left + 2)]
      + bars.map { Int(($0 - 3.6).rounded(.up))...Int(($0 + 3.6).rounded(.down)) }
    var page = Page(map: map, paths: [], stretches: [], hidden: hidden)
    for (row, leads) in rows.enumerated() {
      for (column, lead) in leads.enumerated() {
        let samples = leads.count == 1 ? 0..<5000 : (1250 * column)..<(1250 * column + 1250)
        let truth = Array(Self.samples(lead, of: record)[samples])
        let stretch = Stretch(
          lead: lead, isRhythm: leads.count == 1, firstSample: samples.lowerBound, truth: truth,
          zeroY: zeros[row], firstX: left + stepX * Double(samples.lowerBound))
        page.stretches.append(stretch)
        page.paths.append(
          DrawnPage.path(
            truth.map { zeros[row] - 10 * pixelsPerMillimeter * Double($0) },
            first: stretch.firstX, step: stepX, reach: 1.04, width: photo.width,
            isHidden: { x in
              leads.count > 1 && hidden.contains { $0.contains(x) } || hidden[0].contains(x)
            }))
      }
    }
    return page
  }

  private static func pulsePages() throws -> Set<String> {
    guard let folder else { return [] }
    let text = try String(
      contentsOf: folder.appendingPathComponent("index.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    guard let at = lines.first?.firstIndex(of: "calibration_pulse") else { return [] }
    return Set(lines.dropFirst().filter { $0[at] == "left" }.map { String($0[0].dropLast(4)) })
  }
}
