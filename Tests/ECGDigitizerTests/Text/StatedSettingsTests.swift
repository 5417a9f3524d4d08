import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Stated speed and gain beside the pulse")
struct StatedSettingsTests {
  private let millimeter = 10.0

  private func stated(speed: Double? = nil, gain: Double? = nil) -> StatedSettings {
    var texts: [PrintedText] = []
    let place = Point<PageSpace>(x: 5, y: 5)
    if let speed {
      texts.append(
        PrintedText(
          .paperSpeed(PaperSpeed(millimetersPerSecond: speed)), middle: place, score: 0.8))
    }
    if let gain {
      texts.append(
        PrintedText(.gain(Gain(millimetersPerMillivolt: gain)), middle: place, score: 0.7))
    }
    return StatedSettings(texts)
  }

  private func calibrate(
    _ stated: StatedSettings, pulse: (width: Double, height: Double)?, speed: Double? = nil
  ) -> (calibration: Calibration, codes: [FindingCode]) {
    let size = PixelSize(width: 8, height: 8)
    let page = RectifiedPage(
      page: Raster(width: 8, height: 8),
      geometry: PageGeometry(
        map: .homography(Homography([1, 0, 0, 0, 1, 0, 0, 0, 1])), pageSize: size,
        pixelsPerMillimeterX: millimeter, pixelsPerMillimeterY: millimeter),
      scaleEvidence: .grid, geometryErrorPixels: 0.1)
    let pulses = pulse.map {
      [
        CalibrationPulse(
          riseX: 0, fallX: $0.width * millimeter, footY: 0, height: $0.height * millimeter,
          isAtHead: true)
      ]
    }
    var options = Digitizer.Options()
    options.paperSpeed = speed.map { PaperSpeed(millimetersPerSecond: $0) }
    var findings: [Finding] = []
    let result = Calibrator().calibration(
      of: page, pulses: pulses ?? [], stated: stated, options: options, findings: &findings)
    return (result, findings.map(\.code))
  }

  @Test("what is stated need not be assumed")
  func noAssumption() {
    let (result, codes) = calibrate(stated(speed: 50, gain: 5), pulse: nil)
    #expect(result.paperSpeed.millimetersPerSecond == 50)
    #expect(result.limbGain.millimetersPerMillivolt == 5)
    #expect(result.paperSpeedEvidence == .printedText && result.gainEvidence == .printedText)
    #expect(codes.isEmpty)
    #expect(result.items.contains { $0.kind == .printedText })
  }

  @Test("without text the usual is assumed, and a finding says so")
  func assumed() {
    let (result, codes) = calibrate(.none, pulse: nil)
    #expect(result.paperSpeedEvidence == .assumed)
    #expect(codes == [.gainAssumed, .paperSpeedAssumed])
  }

  @Test("a pulse of another gain is believed, and the contradiction reported")
  func gainContradicts() {
    let (result, codes) = calibrate(stated(speed: 25, gain: 10), pulse: (5, 5))
    #expect(result.limbGain.millimetersPerMillivolt == 5)
    #expect(result.gainEvidence == .calibrationPulse)
    #expect(codes == [.calibrationContradiction])
  }

  @Test("a pulse as wide as at another speed is a contradiction; a narrow one is none")
  func speedContradicts() {
    let fast = calibrate(stated(speed: 25, gain: 10), pulse: (10, 10))
    #expect(fast.calibration.paperSpeed.millimetersPerSecond == 25)
    #expect(fast.codes == [.calibrationContradiction])
    #expect(calibrate(stated(speed: 25, gain: 10), pulse: (2.1, 10)).codes.isEmpty)
  }

  @Test("what was declared is used, and the text that says otherwise reported")
  func declared() {
    let (result, codes) = calibrate(stated(speed: 25, gain: 10), pulse: (5, 10), speed: 50)
    #expect(result.paperSpeed.millimetersPerSecond == 50)
    #expect(codes == [.calibrationContradiction])
  }

  @Test("statements that differ from each other count as none, with a finding")
  func several() {
    let place = Point<PageSpace>(x: 1, y: 1)
    let two = StatedSettings(
      [5.0, 10].map {
        PrintedText(.gain(Gain(millimetersPerMillivolt: $0)), middle: place, score: 0.9)
      })
    #expect(two.gain == nil && two.hasSeveralGains)
    let (result, codes) = calibrate(two, pulse: (5, 10))
    #expect(result.gainEvidence == .calibrationPulse)
    #expect(codes == [.calibrationContradiction])
  }
}
