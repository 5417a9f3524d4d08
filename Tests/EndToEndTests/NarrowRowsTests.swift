import ECGCore
import ECGDigitizer
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("Rows close together: pulses and flat traces that grid lines could take with them")
struct NarrowRowsTests {
  private func page(
    _ layout: String, pitch: Double, _ change: (inout PageStyle) -> Void = { _ in }
  ) throws -> (photo: Raster<PhotoSpace>, truth: Digitization) {
    var generator = SeededGenerator(seed: 5)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    var style = PageStyle(layout: try LeadLayout(named: layout))
    style.rowPitch = pitch
    change(&style)
    return PageRenderer(style).render(recording, using: &generator)
  }

  @Test(
    "Pulses that nearly fill the distance between rows are found, and time starts behind them",
    arguments: [("12x1", 13.0, 10.0, 25.0), ("4x3", 26, 20, 25), ("6x2", 16, 10, 25)])
  func pulses(layout: String, pitch: Double, gain: Double, speed: Double) throws {
    let (photo, truth) = try page(layout, pitch: pitch) { style in
      style.gain = Gain(millimetersPerMillivolt: gain)
      style.paperSpeed = PaperSpeed(millimetersPerSecond: speed)
    }
    var options = Digitizer.Options()
    options.layout = try LeadLayout(named: layout)
    let result = try Digitizer(options, networks: .none).digitize(photo)
    let calibration = try #require(result.calibration)
    #expect(calibration.gainEvidence == .calibrationPulse)
    #expect(calibration.limbGain.millimetersPerMillivolt == gain)
    #expect(calibration.paperSpeed.millimetersPerSecond == speed)
    let map = result.geometry
    let first = try #require(result.placements.first { $0.column == 0 })
    let printed = try #require(truth.placements.first { $0.column == 0 })
    let here = map.photoPoint(Point(x: first.startX, y: first.baselineY)).x
    let there = truth.geometry.photoPoint(Point(x: printed.startX, y: printed.baselineY)).x
    let millimeters = abs(here - there) / truth.geometry.pixelsPerMillimeterX
    #expect(millimeters < 2, "\(millimeters) mm")
  }
}
