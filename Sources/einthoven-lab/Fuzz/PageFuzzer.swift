import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import ECGSynthesis
import Foundation

/// Draws odd pages, spoils them, and digitizes them: whatever is on the paper, the digitizer
/// answers with a valid result or with one sentence.
struct PageFuzzer {
  func run(using generator: inout some RandomNumberGenerator) -> FuzzResult {
    let photo = page(using: &generator)
    do throws(PageError) {
      let result = try Digitizer(networks: .none).digitize(photo)
      if let problem = result.recording.violatedInvariants().first { return .wrong(problem) }
      let deviations = result.recording.segments.flatMap(\.standardDeviations)
      guard deviations.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
        return .wrong("a standard deviation is negative or not finite")
      }
      // The writers must take whatever the digitizer returns.
      _ = result.recording.csvData()
      _ = WFDBFiles(result.recording, name: "fuzz")
      _ = OverlayPicture(of: result, on: photo).raster()
      return .accepted
    } catch {
      return FuzzResult(error)
    }
  }

  private func page(using generator: inout some RandomNumberGenerator) -> Raster<PhotoSpace> {
    let names = LeadLayout.drawableNames
    let name = names[Int.random(in: names.indices, using: &generator)]
    guard let layout = LeadLayout(drawable: name) else { return Raster(width: 1, height: 1) }
    var style = PageStyle(layout: layout)
    style.dotsPerInch = Double.random(in: 40...130, using: &generator)
    style.grid = PageStyle.Grid.allCases.randomElement(using: &generator) ?? .none
    style.hasPulse = Bool.random(using: &generator)
    style.gain = Gain(
      millimetersPerMillivolt: [5, 10, 20, 80].randomElement(using: &generator) ?? 10)
    var effects = PhotoEffects.phone(
      skewDegrees: Double.random(in: -60...60, using: &generator),
      perspective: Double.random(in: 0...0.3, using: &generator))
    effects.quarterTurns = Int.random(in: 0..<4, using: &generator)
    effects.isMirrored = Int.random(in: 0..<4, using: &generator) == 0
    effects.shadow = Double.random(in: 0...0.9, using: &generator)
    effects.noise = Double.random(in: 0...40, using: &generator)
    let heart = SyntheticHeart.random(using: &generator)
    let seconds = Double.random(in: 0.3...10, using: &generator)
    let recording = heart.recording(seconds: seconds, extraLeads: true, using: &generator)
    var photo = PageRenderer(style, effects: effects).render(recording, using: &generator).photo
    spoil(&photo, using: &generator)
    return photo
  }

  /// Blots, bars, cuts to a sliver, or nothing.
  private func spoil(
    _ photo: inout Raster<PhotoSpace>, using generator: inout some RandomNumberGenerator
  ) {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0:
      for _ in 0..<Int.random(in: 1...30, using: &generator) {
        let top = Int.random(in: 0..<photo.height, using: &generator)
        let left = Int.random(in: 0..<photo.width, using: &generator)
        let shade = UInt8.random(in: 0...255, using: &generator)
        let bottom = min(photo.height, top + Int.random(in: 1...200, using: &generator))
        let right = min(photo.width, left + Int.random(in: 1...300, using: &generator))
        for y in top..<bottom {
          for k in (3 * (y * photo.width + left))..<(3 * (y * photo.width + right)) {
            photo.bytes[k] = shade
          }
        }
      }
    case 1:
      let width = Int.random(in: 1...photo.width, using: &generator)
      let height = Int.random(in: 1...photo.height, using: &generator)
      let bytes = (0..<height).flatMap { y in
        photo.bytes[(3 * y * photo.width)..<(3 * (y * photo.width + width))]
      }
      photo = Raster(width: width, height: height, bytes: bytes)
    case 2:
      let shade = UInt8.random(in: 0...255, using: &generator)
      photo = Raster(
        width: Int.random(in: 1...900, using: &generator),
        height: Int.random(in: 1...900, using: &generator), red: shade, green: shade, blue: shade)
    default: return
    }
  }
}
