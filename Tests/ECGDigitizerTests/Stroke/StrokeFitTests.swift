import ECGCore
import ECGDigitizer
import ECGNumerics
import Foundation
import Testing

@Suite("The stroke fit on drawn strokes whose curve is known")
struct StrokeFitTests {
  /// A condition and the least signal-to-noise ratio under it, in dB.
  struct Claim: CustomTestStringConvertible, Sendable {
    var condition: DrawnPage.Condition
    var floor: Double
    var testDescription: String { condition.name }

    init(_ name: String, _ floor: Double, _ change: (inout DrawnPage.Condition) -> Void = { _ in })
    {
      condition = DrawnPage.Condition()
      condition.name = name
      change(&condition)
      self.floor = floor
    }
  }

  static let claims = [
    Claim("200 dpi, 0.35 mm", 41),
    Claim("clean, 0.264 mm", 48) {
      ($0.lineMillimeters, $0.blur, $0.noise, $0.jpegQuality) = (0.264, 0, 0, nil)
    },
    Claim("100 dpi", 31.5) { $0.pixelsPerMillimeter /= 2 },
    Claim("300 dpi", 45) { $0.pixelsPerMillimeter *= 1.5 },
    Claim("line 0.2 mm", 39) { $0.lineMillimeters = 0.2 },
    Claim("line 0.6 mm", 41.5) { $0.lineMillimeters = 0.6 },
    Claim("blur 1.2", 38) { $0.blur = 1.2 },
    Claim("blur 2", 26.5) { $0.blur = 2 },
    Claim("noise 5 %", 37) { $0.noise = 0.05 },
    Claim("JPEG 30", 38) { $0.jpegQuality = 30 },
    Claim("two tones", 30) { ($0.isBilevel, $0.jpegQuality) = (true, nil) },
    Claim("ink 40 %", 37.5) { $0.ink = 0.4 },
  ]

  /// 2.5 s of a heart at 500 Hz, in mV: P, QRS and T as bells; `turn` tells leads apart.
  private static func curve(_ turn: Double) -> [Float] {
    let bells: [(at: Double, width: Double, tall: Double)] = [
      (-0.17, 0.025, 0.12), (-0.03, 0.009, -0.15 * turn), (0, 0.011, 1.3 * turn),
      (0.032, 0.010, -0.4), (0.26, 0.05, 0.3),
    ]
    return (0..<1250).map { n in
      let phase = (Double(n) / 500 - 0.4).remainder(dividingBy: 0.8)
      return Float(
        bells.reduce(0.02 * sin(Double(n) / 90)) { sum, bell in
          let z = (phase - bell.at) / bell.width
          return sum + bell.tall * exp(-z * z / 2)
        })
    }
  }

  @Test("reaches its decibels, and its intervals hold nine times of ten", arguments: claims)
  func decibels(_ claim: Claim) throws {
    var generator = SeededGenerator(seed: 7)
    let curves = [1.0, 0.6, -0.8, 0.3].map(Self.curve)
    let page = DrawnPage(curves, claim.condition, using: &generator)
    let leads = LocatedLeads(rows: [], layout: nil, placements: [])
    let fits = RowTracer().refined(page.paths, leads: leads, in: page.map, geometryError: 0)
    var (signal, noise, inside, count) = (0.0, 0.0, 0, 0)
    for (fit, truth) in zip(fits, page.truths) {
      let mean = truth.reduce(0, +) / Double(truth.count)
      for (n, wanted) in truth.enumerated() {
        let x = page.firstX + Double(n) * page.stepX
        guard let y = fit.y(at: x) else { continue }
        signal += (wanted - mean) * (wanted - mean)
        noise += (Double(y) - wanted) * (Double(y) - wanted)
        let k = Int(((x - fit.firstX) / fit.stepX).rounded())
        let deviation = fit.points[k].map { Double($0.standardDeviation) } ?? 0
        if abs(Double(y) - wanted) < 1.96 * deviation { inside += 1 }
        count += 1
      }
    }
    let decibels = 10 * log10(signal / noise)
    #expect(decibels > claim.floor)
    #expect(10 * inside > 9 * count)
    #expect(Double(count) > 0.98 * Double(4 * 1250))
  }
}
