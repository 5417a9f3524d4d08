import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Millimetres become seconds and millivolts")
struct CalibratorTests {
  private let scale = 8.0

  private func calibrate(
    pulses: [(width: Double, height: Double)], _ options: Digitizer.Options = .init(),
    scaleEvidence: Evidence = .grid
  ) -> (calibration: Calibration, findings: [FindingCode]) {
    let page = RectifiedPage(
      page: Raster(width: 8, height: 8),
      geometry: PageGeometry(
        map: .homography(Homography([1, 0, 0, 0, 1, 0, 0, 0, 1])),
        pageSize: PixelSize(width: 8, height: 8), pixelsPerMillimeterX: scale,
        pixelsPerMillimeterY: scale),
      scaleEvidence: scaleEvidence, geometryErrorPixels: 0.1)
    let seen = pulses.map {
      CalibrationPulse(
        riseX: 10, fallX: 10 + $0.width * scale, footY: 100, height: $0.height * scale,
        isAtHead: true)
    }
    var findings: [Finding] = []
    let calibration = Calibrator().calibration(
      of: page, pulses: seen, options: options, findings: &findings)
    return (calibration, findings.map(\.code))
  }

  @Test("pulses of a usual height tell the gain, without a word", arguments: [2.5, 5, 10, 20])
  func gain(height: Double) {
    let (result, findings) = calibrate(pulses: [(5, height), (5.1, 1.03 * height), (5, height)])
    #expect(result.limbGain.millimetersPerMillivolt == height)
    #expect(result.chestGain == result.limbGain)
    #expect(result.gainEvidence == .calibrationPulse)
    #expect(result.paperSpeedEvidence == .calibrationPulse)
    #expect(findings.isEmpty)
    #expect(result.items.map(\.kind) == [.grid, .calibrationPulse])
  }

  @Test("a pulse of no usual height tells nothing: the usual gain is assumed")
  func unusual() {
    let (result, findings) = calibrate(pulses: [(5, 7)])
    #expect(result.limbGain.millimetersPerMillivolt == 10)
    #expect(result.gainEvidence == .assumed)
    #expect(findings == [.gainAssumed])
  }

  @Test("the median counts: one pulse that was misread moves nothing")
  func median() {
    let (result, findings) = calibrate(pulses: [(5, 10), (5, 20), (5, 10)])
    #expect(result.limbGain.millimetersPerMillivolt == 10)
    #expect(findings.isEmpty)
  }

  @Test("a pulse twice as wide as usual shows 50 mm/s, with a finding; narrow ones prove nothing")
  func speed() {
    let fast = calibrate(pulses: [(10, 10)])
    #expect(fast.calibration.paperSpeed.millimetersPerSecond == 50)
    #expect(fast.calibration.paperSpeedEvidence == .calibrationPulse)
    #expect(fast.findings == [.paperSpeedAssumed])
    let narrow = calibrate(pulses: [(2.5, 10)])
    #expect(narrow.calibration.paperSpeed.millimetersPerSecond == 25)
    #expect(narrow.calibration.paperSpeedEvidence == .assumed)
  }

  @Test("a declared gain is used, and a pulse that says otherwise reported")
  func declared() {
    var options = Digitizer.Options()
    options.gain = Gain(millimetersPerMillivolt: 5)
    let (result, findings) = calibrate(pulses: [(5, 10)], options)
    #expect(result.limbGain.millimetersPerMillivolt == 5)
    #expect(result.gainEvidence == .declared)
    #expect(findings == [.calibrationContradiction])
  }

  @Test("without a grid none is named as evidence")
  func noGrid() {
    let (result, _) = calibrate(pulses: [(5, 10)], scaleEvidence: .assumed)
    #expect(result.scaleEvidence == .assumed)
    #expect(!result.items.contains { $0.kind == .grid })
  }
}
