import ECGNumerics
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
    var numbers = SeededGenerator(seed: seed)
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

  @Test("the row's own ink is told from the rest: dark beside its curve, none of it far away")
  func ownInk() {
    var (near, count, far) = (Float(0), Float(0), 0)
    for seed in 0..<40 {
      let patch = patch(seed: UInt64(seed) + 700)
      #expect(patch.own.count == patch.ink.count)
      #expect(patch.own.allSatisfy { (0...1).contains($0) })
      for (x, y) in patch.curve.enumerated() {
        guard let y, x > 2, x + 3 < patch.width else { continue }
        let at = Int(y.rounded()) * patch.width + x
        guard patch.ink[at] > 0.3 else { continue }
        near += patch.own[at]
        count += 1
        // No stroke is wider than 5 px, nor blurred over more than 7; legs are steep.
        let around = (x - 3...x + 3).compactMap { patch.curve[$0] }
        guard around.count == 7, let top = around.min(), let bottom = around.max() else {
          continue
        }
        for row in 0..<patch.height
        where (Double(row) < top - 20 || Double(row) > bottom + 20) && bottom - top < 4 {
          if patch.own[row * patch.width + x] > 0.5, patch.ink[row * patch.width + x] > 0.3 {
            far += 1
          }
        }
      }
    }
    #expect(near / count > 0.85)
    #expect(Float(far) < 0.01 * count)
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
