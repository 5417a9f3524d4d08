import ECGCore
import ECGDigitizer
import ECGImaging
import ECGNumerics
import ECGSynthesis
import ECGTestSupport
import Testing

@Suite(
  "Printed paper speed and gain", .enabled(if: canRunNetworks, "The inference library is missing"))
struct PrintedSettingsTests {
  private func read(
    speed: Double, gain: Double, _ change: (inout PageStyle) -> Void = { _ in }
  ) throws -> Digitization {
    var generator = SeededGenerator(seed: 11)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    var style = PageStyle(layout: try LeadLayout(named: "3x4+II"))
    style.paperSpeed = PaperSpeed(millimetersPerSecond: speed)
    style.gain = Gain(millimetersPerMillivolt: gain)
    style.hasPulse = false
    change(&style)
    let photo = PageRenderer(style).render(recording, using: &generator).photo
    return try Digitizer(networks: shippedNetworks).digitize(photo)
  }

  @Test("are read where no pulse says them", arguments: [(25.0, 10.0), (50, 5), (12.5, 20)])
  func stated(speed: Double, gain: Double) throws {
    let result = try read(speed: speed, gain: gain)
    let calibration = try #require(result.calibration)
    #expect(calibration.paperSpeed.millimetersPerSecond == speed)
    #expect(calibration.limbGain.millimetersPerMillivolt == gain)
    #expect(calibration.paperSpeedEvidence == .printedText)
    #expect(calibration.gainEvidence == .printedText)
    let codes = result.findings.map(\.code)
    #expect(!codes.contains(.paperSpeedAssumed) && !codes.contains(.gainAssumed))
    let stated = result.printed.filter { $0.width != nil }
    #expect(stated.count == 2)
  }

  @Test("are not invented where none are printed")
  func nothing() throws {
    let result = try read(speed: 25, gain: 10) { style in
      style.hasFooter = false
      style.header = "Name: 25 years  10 mm  PR 125 ms  0.05-150 Hz"
    }
    #expect(result.printed.allSatisfy { $0.width == nil })
    #expect(result.calibration?.paperSpeedEvidence == .assumed)
  }
}
