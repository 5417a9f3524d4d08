import ECGCore
import ECGEvaluation
import Foundation
import Testing

@Suite("Time that a page bends is found at its size, whatever the amplitudes")
struct ShiftTests {
  /// A flat page of 10 px/mm with perfect traces that lie `late` seconds too far right.
  private func page(
    gain: Double = 1, late: (Lead, Double) -> Double = { _, _ in 0 }
  ) throws -> PageShift {
    let drawn = DrawnPage()
    var traces: [Trace] = []
    for (k, lead) in Lead.standard12.enumerated() {
      let window = lead == .II ? 0..<2.5 : drawn.window(lead)
      for isRhythm in lead == .II ? [false, true] : [false] {
        let span = isRhythm ? drawn.window(.II) : window
        let firstX = (100 + 250 * span.lowerBound).rounded(.up)
        let points = (0..<Int(250 * (span.upperBound - span.lowerBound))).map { i -> TracePoint? in
          let t = (firstX + Double(i) - 100) / 250
          let value = gain * drawn.value(lead, t - late(lead, t))
          return TracePoint(y: Float(500 - 100 * value), standardDeviation: 1)
        }
        let placement = LeadPlacement(
          lead: lead, row: isRhythm ? 3 : k % 3, column: isRhythm ? 0 : k / 3, isRhythm: isRhythm,
          startX: 100 + 250 * span.lowerBound, endX: 100 + 250 * span.upperBound, baselineY: 500,
          startSeconds: span.lowerBound)
        traces.append(Trace(placement: placement, firstX: firstX, stepX: 1, points: points))
      }
    }
    let geometry = PageGeometry(
      map: .homography(Homography([1, 0, 0, 0, 1, 0, 0, 0, 1])),
      pageSize: PixelSize(width: 2700, height: 1000), pixelsPerMillimeterX: 10,
      pixelsPerMillimeterY: 10)
    let result = Digitization(
      photoSize: geometry.pageSize, geometry: geometry, layout: nil, traces: traces,
      calibration: nil, recording: Recording(samplingFrequency: 500, segments: []))
    return PageShift(result, id: "a", set: "s", truth: try drawn.truth())
  }

  @Test("A perfect page, also one read with a wrong gain")
  func perfect() throws {
    for gain in [1, 0.9] {
      let shift = try page(gain: gain)
      #expect(shift.leads == 13 && shift.leadsOff == 0)
      #expect(shift.windows > 40)
      #expect(try #require(shift.milliseconds) < 0.1)
      #expect((shift.scalePercents.max() ?? 1) < 0.01)
      #expect(try #require(shift.cap).decibels > 35)
    }
  }

  @Test("A slow wave of 3 ms along the page")
  func wave() throws {
    let shift = try page { _, t in 0.003 * sin(2 * .pi * t / 5) }
    let rms = try #require(shift.milliseconds)
    #expect(abs(rms - 3 / 2.0.squareRoot()) < 0.35, "\(rms) ms")
    let cap = try #require(shift.cap).decibels
    #expect((15...30).contains(cap), "\(cap) dB")
  }

  @Test("Stretched time")
  func scale() throws {
    let shift = try page { _, t in 0.004 * (t - 5) }
    #expect(shift.scalePercents.allSatisfy { abs($0 - 0.4) < 0.03 }, "\(shift.scalePercents)")
  }

  @Test("A delay of the whole page is no fault of geometry, one of a lead is")
  func delays() throws {
    let whole = try page { _, _ in 0.03 }
    #expect(whole.leadsOff == 0)
    #expect(try #require(whole.milliseconds) < 0.2)
    let one = try page { lead, _ in lead == .V2 ? 0.03 : 0 }
    #expect(one.leadsOff == 1)
    #expect(try #require(one.milliseconds) > 4)
  }
}
