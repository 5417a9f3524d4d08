import ECGCore
import ECGDigitizer
import ECGImaging
import ECGNumerics
import ECGSynthesis
import ECGTestSupport
import Testing

@Suite(
  "Rows that bars close", .enabled(if: canRunNetworks, "The inference library is missing"))
struct ClosedRowsTests {
  /// Leads that are printed at the right end.
  private static let last: [Lead] = [.V4, .V5, .V6, .II]

  /// Recordings whose complexes are cut off by the end of the page.
  private func recordings(_ count: Int) -> [(seed: UInt64, recording: Recording)] {
    var out: [(seed: UInt64, recording: Recording)] = []
    var seed: UInt64 = 0
    while out.count < count, seed < 500 {
      seed += 1
      var generator = SeededGenerator(seed: seed)
      let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
      let end = recording.samples(of: .lead(.V5)).suffix(10).compactMap { $0 }
      if (end.max() ?? 0) - (end.min() ?? 0) > 0.6 { out.append((seed, recording)) }
    }
    return out
  }

  @Test("a complex that runs along the bar is followed to its end")
  func cutComplexes() throws {
    var errors: [Float] = []
    for (seed, recording) in recordings(5) {
      var generator = SeededGenerator(seed: seed)
      var style = PageStyle(layout: try LeadLayout(named: "3x4+II"))
      style.closesRows = true
      let (photo, truth) = PageRenderer(style).render(recording, using: &generator)
      let result = try Digitizer(networks: shippedNetworks).digitize(photo)
      #expect(result.recording.samplingFrequency == truth.recording.samplingFrequency)
      for lead in Self.last {
        let (found, drawn) = (
          result.recording.samples(of: .lead(lead)), truth.recording.samples(of: .lead(lead))
        )
        let differences = zip(found, drawn).suffix(15).map { abs(($0 ?? 9) - ($1 ?? 9)) }
        errors.append(differences.max() ?? 9)
      }
    }
    errors.sort()
    #expect(errors[errors.count / 2] < 0.15 && errors[errors.count - 1] < 0.35, "\(errors)")
  }
}
