import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import ECGSynthesis
import Foundation

/// One damaged file or odd picture; all of it follows from its number.
struct FuzzCase {
  let number: UInt64
  let pages: [(file: Data, photo: Raster<PhotoSpace>)]

  /// Small pages to damage.
  static func pages() throws -> [(file: Data, photo: Raster<PhotoSpace>)] {
    var generator = SeededGenerator(seed: 7)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    return try ["3x4+II", "6x2"].enumerated().flatMap { k, name in
      var style = PageStyle(layout: try LeadLayout(named: name))
      style.dotsPerInch = 70
      let effects = k == 0 ? PhotoEffects() : PhotoEffects.phone(skewDegrees: 3)
      let photo = PageRenderer(style, effects: effects)
        .render(recording, using: &generator).photo
      return [(try photo.pngData(level: 6), photo), (try photo.jpegData(quality: 75), photo)]
    }
  }

  /// What became of it: the code of its error, or `digitized`.
  ///
  /// - Throws: ``FuzzFailure`` where a promise is broken.
  func outcome() throws -> String {
    var generator = SeededGenerator(seed: number)
    let page = pages[Int.random(in: 0..<pages.count, using: &generator)]
    do {
      // A damaged file is cheap to try, an odd picture is not.
      let isFile = Int.random(in: 0..<20, using: &generator) > 0
      let photo =
        isFile
        ? try DecodedPhoto(decoding: damaged(page.file, using: &generator)).raster
        : odd(page.photo, using: &generator)
      if isFile && Int.random(in: 0..<8, using: &generator) > 0 { return "decoded" }
      try check(Digitizer().digitize(photo), photo)
      return "digitized"
    } catch let error as PageError {
      guard !error.message.isEmpty, !error.remedy.isEmpty, error.code != .internalError else {
        throw FuzzFailure("Case \(number): an error without cause or remedy: \(error)")
      }
      return error.code.rawValue
    }
  }

  private func damaged(_ file: Data, using generator: inout SeededGenerator) -> Data {
    var bytes = [UInt8](file)
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let count = bytes.count
      guard count > 40 else { break }
      // Half of the damage goes where the headers are.
      let at =
        Bool.random(using: &generator)
        ? Int.random(in: 0..<min(count, 700), using: &generator)
        : Int.random(in: 0..<count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[at] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
      case 2: bytes.removeSubrange(at..<min(at + Int.random(in: 1...64, using: &generator), count))
      case 3:
        let end = min(at + Int.random(in: 1...200, using: &generator), count)
        bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0..<count, using: &generator))
      default: bytes.removeLast(count - max(1, at))
      }
    }
    return Data(bytes)
  }

  private func odd(
    _ photo: Raster<PhotoSpace>, using generator: inout SeededGenerator
  ) -> Raster<PhotoSpace> {
    let canvas = Canvas(
      width: Int.random(in: 1...(2 * photo.width), using: &generator),
      height: Int.random(in: 1...(2 * photo.height), using: &generator),
      background: Canvas.Color(hex: UInt32.random(in: 0...0xFFFFFF, using: &generator)))
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let part = photo.resized(by: Double.random(in: 0.4...8, using: &generator))
      canvas.draw(
        part, x: Int.random(in: -part.width...canvas.width, using: &generator),
        y: Int.random(in: -part.height...canvas.height, using: &generator),
        opacity: Double.random(in: 0.1...1, using: &generator))
    }
    var odd: Raster<PhotoSpace> = canvas.raster()
    let noise = Int.random(in: 0...90, using: &generator)
    if Bool.random(using: &generator) && noise > 0 {
      for k in odd.bytes.indices {
        let value = Int(odd.bytes[k]) + Int.random(in: -noise...noise, using: &generator)
        odd.bytes[k] = UInt8(clamping: value)
      }
    }
    return odd
  }

  /// What every result promises.
  private func check(_ result: Digitization, _ photo: Raster<PhotoSpace>) throws {
    func promise(_ holds: Bool, _ words: String) throws {
      guard holds else { throw FuzzFailure("Case \(number): \(words)") }
    }
    let recording = result.recording
    for segment in recording.segments {
      try promise(segment.millivolts.allSatisfy(\.isFinite), "a sample is not finite")
      try promise(segment.standardDeviations.allSatisfy { $0 >= 0 && $0.isFinite }, "a deviation")
      try promise(segment.startSample >= 0, "a sample before time 0")
    }
    if result.layout == nil {
      try promise(
        result.findings.contains { $0.code == .layoutUnknown }, "unnamed rows, and no finding")
    }
    let document = PageDocument(
      result, input: PageDocument.Input(of: Data()), programVersion: Einthoven.version)
    _ = try PageDocument(json: document.jsonData(.full))
    _ = OverlayPicture(of: result, on: photo, redacted: true).raster()
    _ = recording.csvData()
    _ = WFDBFiles(recording, name: "case")
  }
}
