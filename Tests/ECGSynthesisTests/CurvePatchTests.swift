import ECGSynthesis
import Foundation
import Testing

@Suite("Strips with exact curves")
struct CurvePatchTests {
  /// Twelve leads with a spike a second.
  private let source = LeadSource(
    millivolts: (0..<12).map { lead in
      (0..<5000).map { k in
        let t = Float(k % 500) / 500 - 0.5
        let height: Float = 0.4 + 0.15 * Float(lead)
        return height * exp(-t * t * 3000) + 0.1 * sin(Float(k) / 60)
      }
    }, samplingFrequency: 500)

  private func patch(seed: UInt64) -> CurvePatch {
    var numbers = SeededNumbers(seed: seed)
    return CurvePatchGenerator(sources: [source]).patch(using: &numbers)
  }

  @Test("the same seed gives the same strip, another seed another")
  func repeatable() {
    let (a, b, c) = (patch(seed: 4), patch(seed: 4), patch(seed: 5))
    #expect(a.ink == b.ink && a.curve == b.curve)
    #expect(a.ink != c.ink)
  }

  @Test("values are ink, curves lie in the strip")
  func ranges() {
    for seed in 0..<30 {
      let patch = patch(seed: UInt64(seed))
      #expect(patch.ink.count == patch.width * patch.height)
      #expect(patch.curve.count == patch.width)
      #expect(patch.ink.allSatisfy { (-0.25...1.25).contains($0) })
      #expect(patch.curve.compactMap { $0 }.allSatisfy { (0..<Double(patch.height)).contains($0) })
    }
  }

  @Test("the ink lies where the curve runs")
  func inkOnCurve() {
    // Fading, folds and names disturb some strips; on the whole the curve is dark.
    var (on, off, count) = (Float(0), Float(0), Float(0))
    for seed in 0..<60 {
      let patch = patch(seed: UInt64(seed) + 300)
      for (x, y) in patch.curve.enumerated() {
        guard let y, y > 30 else { continue }
        on += patch.ink[Int(y.rounded()) * patch.width + x]
        off += patch.ink[(Int(y.rounded()) - 25) * patch.width + x]
        count += 1
      }
    }
    #expect(on / count > 0.5 && off / count < 0.35 * on / count)
  }
}
