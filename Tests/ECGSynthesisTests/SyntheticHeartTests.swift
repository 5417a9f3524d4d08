import ECGCore
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("Synthetic heart")
struct SyntheticHeartTests {
  func recording(seed: UInt64) -> Recording {
    var generator = SeededGenerator(seed: seed)
    let heart = SyntheticHeart.random(using: &generator)
    return heart.recording(extraLeads: true, using: &generator)
  }

  @Test("same seed, same samples; other seed, other samples")
  func seeds() {
    let isSame = recording(seed: 1) == recording(seed: 1)
    let isOther = recording(seed: 1) != recording(seed: 2)
    #expect(isSame && isOther)
  }

  @Test("SplitMix64 gives the numbers of its reference", arguments: [0])
  func generator(seed: UInt64) {
    // First outputs of the published C code for seed 0.
    var generator = SeededGenerator(seed: seed)
    #expect(generator.next() == 0xE220_A839_7B1D_CDAF)
    #expect(generator.next() == 0x6E78_9E6A_A1B9_65F4)
  }

  @Test(
    "leads obey Einthoven and Goldberger, noise and wander included",
    arguments: 1...5 as ClosedRange<UInt64>)
  func identities(seed: UInt64) {
    let recording = recording(seed: seed)
    #expect(recording.violatedInvariants().isEmpty)
    func lead(_ lead: Lead) -> [Float] { recording.samples(of: .lead(lead)).compactMap { $0 } }
    let (i, ii, iii) = (lead(.I), lead(.II), lead(.III))
    let (r, l, f) = (lead(.aVR), lead(.aVL), lead(.aVF))
    #expect(i.count == 5000)
    for k in i.indices {
      #expect(abs(i[k] + iii[k] - ii[k]) < 1e-5)
      #expect(abs(r[k] + l[k] + f[k]) < 1e-5)
      #expect(abs(r[k] + (i[k] + ii[k]) / 2) < 1e-5)
    }
  }

  @Test("beats as often as told, with R waves of a plausible height")
  func rate() {
    var generator = SeededGenerator(seed: 3)
    var heart = SyntheticHeart(beatsPerMinute: 60)
    (heart.noiseMillivolts, heart.wanderMillivolts) = (0, 0)
    let samples = heart.recording(seconds: 30, using: &generator)
      .samples(of: .lead(.II)).compactMap { $0 }
    let peaks = samples.indices.dropFirst().dropLast().filter { k in
      samples[k] > 0.7 && samples[k] >= samples[k - 1] && samples[k] > samples[k + 1]
    }
    #expect((28...32).contains(peaks.count))
    #expect((0.8...2.0).contains(samples.max() ?? 0))
  }
}
