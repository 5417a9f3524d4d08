import ECGNumerics
import Foundation
import Testing

@Suite struct TileSpectrumTests {
  @Test func theSpectrumOfAWaveHasItsPeakAtTheFrequency() {
    let side = 64
    func wave(_ kx: Int, _ ky: Int) -> [Float] {
      (0..<(side * side)).map { k in
        let (x, y) = (Double(k % side), Double(k / side))
        return Float(cos(2 * Double.pi * (Double(kx) * x + Double(ky) * y) / Double(side)))
      }
    }
    let (a, b) = TileSpectrum(side: side).amplitudes(of: wave(5, 3), and: wave(-7, 11))
    func peak(_ values: [Float]) -> Set<[Int]> {
      let top = values.max() ?? 0
      return Set(
        values.indices.filter { values[$0] > 0.9 * top }.map { [$0 % side - 32, $0 / side - 32] })
    }
    #expect(peak(a) == [[5, 3], [-5, -3]])
    #expect(peak(b) == [[-7, 11], [7, -11]])
    #expect(abs((a.max() ?? 0) - 2048) < 1)
  }
}

@Suite struct GaussianKernelTests {
  @Test func weightsAreThoseOfTheNormalDistribution() {
    let weights = gaussianKernel(sigma: 1.5, radius: 6)
    #expect(weights.count == 13)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-6)
    // 1 / (σ √2π) in the middle; e^−½ of it one deviation out, e^−2 two.
    #expect(abs(weights[6] - 0.265962) < 1e-4)
    #expect(abs(weights[9] / weights[6] - 0.135335) < 1e-5)
    #expect(weights == weights.reversed())
  }
}
