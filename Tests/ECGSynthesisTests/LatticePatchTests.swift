import ECGImaging
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("Patches for the lattice")
struct LatticePatchTests {
  private func patch(seed: UInt64) -> LatticePatch {
    var numbers = SeededGenerator(seed: seed)
    return LatticePatchGenerator().patch(using: &numbers)
  }

  @Test("the same seed gives the same bytes, another seed others")
  func repeatable() {
    let (a, b, c) = (patch(seed: 4), patch(seed: 4), patch(seed: 5))
    #expect(a.raster == b.raster && a.phases == b.phases && a.isGrid == b.isGrid)
    #expect(a.raster != c.raster)
  }

  @Test("phases lie on the unit circle")
  func unitCircle() {
    let patch = patch(seed: 11)
    let map = patch.isGrid.count
    for k in 0..<map {
      for family in 0..<2 {
        let (c, s) = (patch.phases[2 * family * map + k], patch.phases[(2 * family + 1) * map + k])
        #expect(abs(c * c + s * s - 1) < 1e-4)
      }
    }
  }

  @Test("lines are drawn where the truth says: darker than the paper between them")
  func darkOnLines() {
    // Ink, folds and light disturb one patch; over many, lines must be darker.
    var (lines, between, lineCount, betweenCount) = (0.0, 0.0, 0.0, 0.0)
    for seed in 0..<40 {
      let patch = patch(seed: UInt64(seed) + 100)
      let map = patch.isGrid.count
      for j in 0..<128 {
        for i in 0..<128 where patch.isGrid[j * 128 + i] > 0 {
          let at = j * 128 + i
          let (u, v) = (patch.phases[at], patch.phases[2 * map + at])
          let pixel = 3 * (2 * j * 256 + 2 * i)
          let bytes = patch.raster.bytes
          let value = Double(bytes[pixel]) + Double(bytes[pixel + 1]) + Double(bytes[pixel + 2])
          if max(u, v) > 0.97 {
            lines += value
            lineCount += 1
          } else if max(u, v) < 0 {
            between += value
            betweenCount += 1
          }
        }
      }
    }
    #expect(lines / lineCount < 0.93 * between / betweenCount)
  }

  @Test("some patches have places without a grid, most are gridded")
  func gridShare() {
    let shares = (0..<60).map { seed -> Float in
      let patch = patch(seed: UInt64(seed) &* 31 &+ 7)
      return patch.isGrid.reduce(0, +) / Float(patch.isGrid.count)
    }
    #expect(shares.contains { $0 < 0.5 })
    #expect(shares.reduce(0, +) / 60 > 0.7)
  }
}
