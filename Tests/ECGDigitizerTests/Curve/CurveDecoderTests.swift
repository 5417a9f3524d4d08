import ECGDigitizer
import Foundation
import Testing

@Suite("A curve from a distribution per column")
struct CurveDecoderTests {
  /// Logits that peak on `rows`, with a share of the chance at `rival`.
  private func logits(_ rows: [Double], height: Int, rival: Int? = nil, share: Double = 0.45)
    -> [Float]
  {
    var out = [Float](repeating: -12, count: rows.count * height)
    for (x, y) in rows.enumerated() {
      for row in 0..<height {
        let d = (Double(row) - y) / 0.8
        var chance = exp(-0.5 * d * d)
        if let rival, abs(row - rival) <= 1 { chance += share }
        out[row * rows.count + x] = Float(log(chance + 1e-6))
      }
    }
    return out
  }

  @Test("a smooth curve comes back to a twentieth of a cell")
  func smooth() {
    let rows = (0..<80).map { 40 + 12 * sin(Double($0) / 9) }
    let curve = CurveDecoder().curve(
      logits: logits(rows, height: 96), width: rows.count, height: 96)
    for (found, wanted) in zip(curve.rows, rows) { #expect(abs(Double(found) - wanted) < 0.05) }
    #expect(curve.masses.allSatisfy { $0 > 0.98 })
    #expect(curve.deviations.allSatisfy { (0.6...1.1).contains($0) })
  }

  @Test("an R wave as steep as it likes is followed to its tip")
  func spike() {
    var rows = [Double](repeating: 70, count: 40)
    rows[20] = 12
    rows[19] = 45
    rows[21] = 50
    let curve = CurveDecoder().curve(
      logits: logits(rows, height: 96), width: rows.count, height: 96)
    for (found, wanted) in zip(curve.rows, rows) { #expect(abs(Double(found) - wanted) < 0.1) }
  }

  @Test("of two likely places the one that continues the curve is taken")
  func rival() {
    let rows = [Double](repeating: 60, count: 50)
    var values = logits(rows, height: 96)
    // In the middle the neighbour's trace looks a little likelier.
    for x in 24...26 {
      for row in 0..<96 {
        let near = abs(row - 60) <= 1 ? 0.4 : abs(row - 20) <= 1 ? 0.6 : 1e-6
        values[row * rows.count + x] = Float(log(near))
      }
    }
    let curve = CurveDecoder().curve(logits: values, width: rows.count, height: 96)
    #expect(curve.rows.allSatisfy { abs($0 - 60) < 0.2 })
    // What is unsure says so.
    #expect(curve.masses[25] < 0.6 && curve.deviations[25] > curve.deviations[5] + 0.5)
  }
}
