import ECGCore
import ECGDigitizer
import Foundation
import Testing

@Suite("Traces become signals on one time axis")
struct AssemblerTests {
  private let scale = 8.0
  private let rate = 500.0

  /// A trace of 2.5 s at 25 mm/s whose curve is `millivolts` of a time in seconds.
  private func trace(
    _ lead: Lead?, row: Int, column: Int = 0, from start: Double = 0, isInverted: Bool = false,
    _ millivolts: (Double) -> Double
  ) -> Trace {
    let (startX, width) = (40 + column * 500, 500)
    return Trace(
      placement: LeadPlacement(
        lead: lead, isInverted: isInverted, row: row, column: column, isRhythm: false,
        startX: Double(startX), endX: Double(startX + width), baselineY: 200 + 100 * Double(row),
        startSeconds: start),
      firstX: Double(startX), stepX: 1,
      points: (0...width).map { k in
        let seconds = Double(k) / (25 * scale)
        let y = 200 + 100 * Double(row) - 10 * scale * millivolts(seconds) * (isInverted ? -1 : 1)
        return TracePoint(y: Float(y), standardDeviation: 0.1)
      })
  }

  private func assembled(
    _ traces: [Trace], pulses: [CalibrationPulse?] = []
  ) -> (recording: Recording, findings: [Finding]) {
    var findings: [Finding] = []
    let assembled = Assembler().recording(
      traces,
      geometry: PageGeometry(
        map: .homography(Homography([1, 0, 0, 0, 1, 0, 0, 0, 1])),
        pageSize: PixelSize(width: 2000, height: 1000), pixelsPerMillimeterX: scale,
        pixelsPerMillimeterY: scale),
      calibration: Calibration(
        paperSpeed: PaperSpeed(millimetersPerSecond: 25), paperSpeedEvidence: .declared,
        limbGain: Gain(millimetersPerMillivolt: 10), chestGain: Gain(millimetersPerMillivolt: 10),
        gainEvidence: .declared, scaleEvidence: .grid, items: []),
      samplingFrequency: rate, pulses: pulses, findings: &findings)
    return (assembled.recording, findings)
  }

  private func wave(_ seconds: Double) -> Double { 0.8 * sin(40 * seconds) + 0.1 }

  private func samples(_ channel: Channel, of recording: Recording) -> [Float] {
    recording.segments.first { $0.channel == channel }?.millivolts ?? []
  }

  @Test("curves are read between their columns to some microvolts, upside down where so printed")
  func reading() {
    for isInverted in [false, true] {
      let (recording, _) = assembled([trace(.aVR, row: 0, isInverted: isInverted, wave)])
      let values = samples(.lead(.aVR), of: recording)
      #expect(values.count == 1250)
      for n in 20..<1230 {
        #expect(abs(Double(values[n]) - wave(Double(n) / rate)) < 0.003, "sample \(n)")
      }
    }
  }

  @Test("columns stand where their time is, and rows without a name are counted")
  func times() {
    let (recording, _) = assembled([
      trace(nil, row: 1, wave), trace(.V1, row: 0, column: 1, from: 2.5, wave),
      trace(nil, row: 0, wave),
    ])
    #expect(recording.sampleCount == 2500)
    #expect(recording.segments.first { $0.channel == .lead(.V1) }?.startSample == 1250)
    #expect(recording.segments.contains { $0.channel == .row(1) && $0.startSample == 0 })
    #expect(recording.segments.contains { $0.channel == .row(2) && $0.startSample == 0 })
  }

  @Test("a pulse's foot is 0 mV, where there is one")
  func foot() {
    let pulse = CalibrationPulse(riseX: 10, fallX: 20, footY: 208, height: 80, isAtHead: true)
    let (recording, _) = assembled([trace(.V2, row: 0) { _ in 0 }], pulses: [pulse])
    #expect(samples(.lead(.V2), of: recording).allSatisfy { abs($0 - 0.1) < 1e-4 })
  }

  @Test("gaps of a few points are read through, wide ones stay absent; nothing seen is a finding")
  func gaps() {
    var gappy = trace(.V3, row: 0, wave)
    for k in 100..<102 { gappy.points[k] = nil }
    for k in 300..<340 { gappy.points[k] = nil }
    var empty = trace(.V4, row: 1, wave)
    for k in empty.points.indices { empty.points[k] = nil }
    let (recording, findings) = assembled([gappy, empty])
    let pieces = recording.segments.filter { $0.channel == .lead(.V3) }
    #expect(pieces.count == 2)
    #expect(abs((pieces.first?.millivolts.count ?? 0) - 749) <= 1)
    #expect(abs((pieces.last?.startSample ?? 0) - 849) <= 1)
    #expect(findings.contains { $0.code == .leadMissing && $0.lead == .V4 })
  }
}
