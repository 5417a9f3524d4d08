import ECGDigitizer
import ECGNumerics
import ECGSynthesis
import Testing

/// Lines of a grid drawn on whole pixels, measured with errors.
@Suite struct GridQuantizationTests {
  /// How far lines at `pitch` pixels a cell are off when drawn on whole pixels, in cells.
  private func drawn(pitch: Double, start: Double, lines: Int) -> [Double] {
    (0..<lines).map { k in
      let place = pitch * Double(k) + start
      return (place.rounded() - place) / pitch
    }
  }

  @Test(arguments: [29.53, 39.37, 19.69, 23.62])
  func readsTheRasterOfAPrint(pitch: Double) throws {
    var numbers = SeededGenerator(seed: 4)
    let truth = drawn(pitch: pitch, start: 11.3, lines: 56)
    // The paper bends slowly, lines are measured to a thousandth of a cell, one is torn.
    var measured = truth.indices.map { k in
      truth[k] + 0.01 * Double(k * k) / 3136 + numbers.boundedNormal(0, 0.001)
    }
    measured[20] += 0.05
    let weights = truth.indices.map { $0 < 2 ? 0 : 1.0 }
    let raster = try #require(GridQuantization(offsets: measured, weights: weights))
    #expect(raster.explained > 0.8)
    #expect(abs(1 / raster.pixel / pitch - 1) < 0.12)
    let mean = truth.indices.reduce(0) { $0 + raster.offset(ofLine: $1) - truth[$1] } / 56
    let errors = truth.indices.map { abs(raster.offset(ofLine: $0) - truth[$0] - mean) * pitch }
    // Most lines to a tenth of a pixel; one at the turn of the sawtooth may be taken for the next.
    #expect(errors.sorted()[50] < 0.12, "\(errors)")
  }

  @Test func findsNoneWhereLinesAreOffAtRandom() {
    var numbers = SeededGenerator(seed: 9)
    for _ in 0..<20 {
      let offsets = (0..<56).map { _ in numbers.boundedNormal(0, 0.004) }
      let ones = [Double](repeating: 1, count: 56)
      #expect(GridQuantization(offsets: offsets, weights: ones) == nil)
    }
  }

  @Test func needsLinesToReadAnything() {
    let even = [Double](repeating: 0, count: 40)
    #expect(GridQuantization(offsets: even, weights: even.map { _ in 1 }) == nil)
    #expect(GridQuantization(offsets: [], weights: []) == nil)
    #expect(
      GridQuantization(offsets: drawn(pitch: 39.37, start: 0, lines: 9), weights: even) == nil)
  }
}
