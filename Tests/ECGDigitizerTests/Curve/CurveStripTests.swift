import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation
import Testing

@Suite("The strip around a row")
struct CurveStripTests {
  /// A map with one dark line.
  private func map(pixelsPerMillimeter s: Double, y: (Double) -> Double) -> InkMap {
    var plane = Plane<PageSpace>(width: Int(120 * s), height: Int(90 * s))
    for x in 0..<plane.width {
      let middle = y(Double(x) / s) * s
      for row in 0..<plane.height {
        let d = (Double(row) - middle) / (0.15 * s)
        plane[x, row] = Float(exp(-0.5 * d * d))
      }
    }
    return InkMap(ink: plane, pixelsPerMillimeter: s, noise: 0.01)
  }

  @Test("own ink lies at its place on the page, at any resolution", arguments: [5.0, 8, 9.6, 12])
  func ownInk(pixelsPerMillimeter s: Double) {
    let map = map(pixelsPerMillimeter: s) { 45 + 8 * sin($0 / 7) }
    let row = PrintedRow(
      baselineY: 45 * s, extent: Int(20 * s)...Int(100 * s), coverage: 1, darkness: 1)
    let strip = CurveStrip(around: row, in: map)
    // A network that calls its own what lies above the zero line, in the strip's pixels.
    let stride = CurveNetwork.stride
    let (cells, high) = (strip.width / stride, CurveNetwork.height / stride)
    var logits = [Float](repeating: 0, count: (1 + stride * stride) * cells * high)
    for v in 0..<stride {
      for u in 0..<stride {
        for y in 0..<high {
          for x in 0..<cells {
            let isAbove = y * stride + v < CurveNetwork.height / 2
            logits[((1 + v * stride + u) * high + y) * cells + x] = isAbove ? 5 : -5
          }
        }
      }
    }
    let own = strip.ownInk(logits, firstChannel: 1, width: cells, height: high, in: map)
    for x in Int(20 * s)...Int(100 * s) {
      for y in 0..<map.ink.height where map.ink[x, y] > 0.2 && abs(Double(y) - 45 * s) > 1.5 {
        #expect((own[x, y] > 0.5) == (Double(y) < 45 * s))
      }
    }
  }

  @Test(
    "what is read in the strip lies at its place on the page, at any resolution",
    arguments: [5.0, 7.9, 9.6, 12])
  func places(pixelsPerMillimeter s: Double) {
    func truth(_ x: Double) -> Double { 45 + 8 * sin(x / 7) }
    let map = map(pixelsPerMillimeter: s, y: truth)
    let row = PrintedRow(
      baselineY: 45 * s, extent: Int(20 * s)...Int(100 * s), coverage: 1, darkness: 1)
    let strip = CurveStrip(around: row, in: map)
    #expect(strip.width % CurveNetwork.multiple == 0)
    #expect(strip.ink.count == strip.width * CurveNetwork.height)
    // A perfect network: the darkest place of each cell column.
    let cells = strip.width / CurveNetwork.stride
    var rows: [Float] = []
    for cell in 0..<cells {
      var (mass, moment) = (Float(1e-6), Float(0))
      for y in 0..<CurveNetwork.height {
        for k in 0..<CurveNetwork.stride {
          let value = max(strip.ink[y * strip.width + CurveNetwork.stride * cell + k], 0)
          mass += value
          moment += value * Float(y)
        }
      }
      let middle = Float(CurveNetwork.stride - 1) / 2
      rows.append((moment / mass - middle) / Float(CurveNetwork.stride))
    }
    let ones = [Float](repeating: 1, count: cells)
    let curve = strip.onPage(
      CurveDecoder.Curve(rows: rows, deviations: ones, masses: ones),
      stride: CurveNetwork.stride)
    for x in Int(20 * s)...Int(100 * s) {
      #expect(abs(curve.y(at: Double(x)) / s - truth(Double(x) / s)) < 0.06)
    }
  }
}
