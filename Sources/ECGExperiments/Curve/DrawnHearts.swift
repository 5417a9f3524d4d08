import ECGCore
import ECGNumerics
package import ECGSynthesis

/// Leads of hearts that are drawn, for machines without recordings, and for tests.
package enum DrawnHearts {
  /// The twelve leads of `count` hearts, ten seconds each.
  package static func sources(count: Int, seed: UInt64) -> [LeadSource] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let recording = SyntheticHeart.random(using: &generator)
        .recording(seconds: 10, using: &generator)
      let leads = Lead.standard12.map { lead in
        recording.samples(of: .lead(lead)).map { Float($0 ?? 0) }
      }
      return LeadSource(millivolts: leads, samplingFrequency: recording.samplingFrequency)
    }
  }
}
