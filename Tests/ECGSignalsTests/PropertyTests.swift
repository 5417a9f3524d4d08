import ECGSignals
import Foundation
import Testing

@Suite("Signals keep what they must")
struct PropertyTests {
  /// A beat every 0.8 s, the first at `phase`.
  private func beats(rate: Double, seconds: Double, phase: Double, amplitude: Double = 1)
    -> [Double]
  {
    let centers = (-1..<Int(seconds / 0.8) + 2).map { phase + 0.8 * Double($0) }
    return (0..<Int(seconds * rate)).map { n in
      let t = Double(n) / rate
      return centers.reduce(0.1 * sin(1.3 * t)) { sum, center in
        let qrs =
          exp(-pow((t - center) / 0.012, 2)) - 0.25 * exp(-pow((t - center - 0.03) / 0.012, 2))
        return sum + amplitude * (qrs + 0.3 * exp(-pow((t - center - 0.25) / 0.06, 2)))
      }
    }
  }

  @Test("Going to another rate and back changes nothing", arguments: [250.0, 360, 512, 777, 1000])
  func roundTrip(rate: Double) {
    let original = beats(rate: 500, seconds: 4, phase: 0.4).resampled(from: 500, to: 125)
      .resampled(from: 125, to: 500)
    let back = original.resampled(from: 500, to: rate).resampled(from: rate, to: 500)
    let inner = 40..<(min(original.count, back.count) - 40)
    #expect(largestDifference(Array(original[inner]), Array(back[inner])) < 2e-3)
  }

  @Test("A curve can be read between its samples at any phase", arguments: [0.1, 0.37, 0.5])
  func phase(_ shift: Double) {
    let rate = 500.0
    let samples = beats(rate: rate, seconds: 3, phase: 0.4)
    let moved = beats(rate: rate, seconds: 3, phase: 0.4 - shift / rate)
    let curve = BandLimitedCurve(samples)
    let read = (100..<1400).map { curve.value(at: Double($0) + shift) }
    // The slow wave of the fixture does not move along.
    #expect(largestDifference(read, Array(moved[100..<1400])) < 3e-4)
  }

  @Test("Too short to resample, or the same rate: unchanged")
  func trivial() {
    #expect([1.0].resampled(from: 500, to: 250) == [1])
    #expect([Double]().resampled(from: 500, to: 250).isEmpty)
    #expect([1.0, 2, 4].resampled(from: 500, to: 500) == [1, 2, 4])
  }

  @Test("Every beat is found at its peak", arguments: [100.0, 250, 500, 1000], [1.0, -1, 0.2])
  func beatsAreFound(rate: Double, amplitude: Double) {
    let signal = beats(rate: rate, seconds: 10, phase: 0.5, amplitude: amplitude)
    let peaks = RPeakDetector().peaks(in: signal, samplingFrequency: rate)
    #expect(peaks.count == 12)
    for (k, peak) in peaks.enumerated() {
      #expect(abs(Double(peak) / rate - 0.5 - 0.8 * Double(k)) <= 0.012)
    }
  }

  @Test("A flat or short signal has no beats")
  func noBeats() {
    #expect(
      RPeakDetector().peaks(in: .init(repeating: 1, count: 2000), samplingFrequency: 500) == [])
    #expect(RPeakDetector().peaks(in: [0, 1, 0], samplingFrequency: 500) == [])
  }
}
