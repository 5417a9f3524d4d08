import ECGCore
import ECGEvaluation
import Foundation

/// A printed page made of formulas: twelve distinct leads in three rows of four columns, II below.
struct DrawnPage {
  var samplingFrequency = 500.0
  var seconds = 10.0

  /// Millivolts of `lead` at `t` seconds.
  func value(_ lead: Lead, _ t: Double) -> Double {
    let k = Lead.standard12.firstIndex(of: lead) ?? 0
    let amplitudes = [0.7, 1.1, 0.5, -0.8, 0.35, 0.8, -0.9, 1.6, 1.3, 1.5, 1.2, 0.9]
    let waves = [
      (0.12, -0.16, 0.022), (-0.10, -0.025, 0.007), (1.0, 0, 0.009), (-0.25, 0.028, 0.009),
      (0.30, 0.24, 0.045),
    ]
    var sum = 0.0
    for beat in -1..<14 {
      for (height, place, width) in waves {
        let away = (t - 0.3 - 0.83 * Double(beat) - place) / width
        sum += amplitudes[k] * height * exp(-away * away / 2)
      }
    }
    let i = Double(k)
    return sum + 0.15 * sin(2 * .pi * (0.31 + 0.07 * i) * t + i)
      + 0.08 * amplitudes[k] * sin(2 * .pi * (3 + i) * t + 2 * i)
  }

  /// Where `lead` is printed, in seconds.
  func window(_ lead: Lead) -> Range<Double> {
    guard lead != .II, let k = Lead.standard12.firstIndex(of: lead) else { return 0..<seconds }
    let start = 2.5 * Double(k / 3)
    return start..<(start + 2.5)
  }

  /// The page's signals, each lead stretched about the middle of its window, late and magnified.
  func table(
    rate: Double? = nil, timeScale: Double = 0, delay: Double = 0, gain: Double = 1,
    offset: Double = 0, leads: [Lead] = Lead.standard12
  ) throws -> SignalTable {
    let rate = rate ?? samplingFrequency
    let times = (0..<Int(seconds * rate)).map { Double($0) / rate }
    var columns: [Lead: [Double]] = [:]
    for lead in leads {
      let window = window(lead)
      let middle = (window.lowerBound + window.upperBound) / 2
      columns[lead] = times.map { t in
        guard t >= window.lowerBound - 1e-9, t < window.upperBound - 1e-9 else { return .nan }
        return gain * value(lead, middle + (t - middle) / (1 + timeScale) - delay) + offset
      }
    }
    return try SignalTable(times: times, leads: columns)
  }

  /// The truth.
  func truth() throws -> TruthSignals {
    try TruthSignals(table(), samplingFrequency: samplingFrequency)
  }
}
