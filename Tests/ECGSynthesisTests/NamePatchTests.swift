import ECGCore
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("Patches with lead names")
struct NamePatchTests {
  @Test("the same seed draws the same patch, another seed another one")
  func repeatable() {
    let generator = NamePatchGenerator()
    func bytes(seed: UInt64) -> [UInt8] {
      var numbers = SeededGenerator(seed: seed)
      return generator.patch(using: &numbers).raster.bytes
    }
    #expect(bytes(seed: 4) == bytes(seed: 4))
    #expect(bytes(seed: 4) != bytes(seed: 5))
  }

  @Test("every kind of mark is drawn, within 300 patches")
  func everyKind() {
    var numbers = SeededGenerator(seed: 1)
    var drawn: Set<MarkKind> = []
    for _ in 0..<300 {
      drawn.formUnion(NamePatchGenerator().patch(using: &numbers).marks.map(\.kind))
    }
    #expect(drawn == Set(MarkKind.inNetworkOrder))
  }

  @Test("a name well inside an upright patch is one spot of its own kind, and judged")
  func spots() throws {
    var numbers = SeededGenerator(seed: 2)
    var judged = 0
    for _ in 0..<60 {
      let patch = NamePatchGenerator().patch(using: &numbers)
      guard patch.position == .upright else { continue }
      let targets = patch.targets()
      for mark in patch.marks where mark.kind.isName {
        let cells = 64
        let (x, y) = (Int((mark.x / 4 - 0.5).rounded()), Int((mark.y / 4 - 0.5).rounded()))
        guard mark.x > mark.width, mark.x < 256 - mark.width, (3..<61).contains(y) else { continue }
        let kind = try #require(MarkKind.inNetworkOrder.firstIndex(of: mark.kind))
        #expect(targets.spots[(kind * cells + y) * cells + x] == 1)
        judged += targets.weights[(kind * cells + y) * cells + x] == 1 ? 1 : 0
      }
    }
    #expect(judged > 200)
  }

  @Test("on a turned or mirrored patch no name is a name")
  func turned() {
    var generator = NamePatchGenerator()
    generator.turnedShare = 1
    var numbers = SeededGenerator(seed: 3)
    for _ in 0..<20 {
      let patch = generator.patch(using: &numbers)
      #expect(patch.position != .upright)
      let spots = patch.targets().spots
      let names = MarkKind.inNetworkOrder.indices.filter { MarkKind.inNetworkOrder[$0].isName }
      #expect(
        names.allSatisfy { kind in
          spots[(kind * 4096)..<((kind + 1) * 4096)].allSatisfy { $0 == 0 }
        })
    }
  }

  @Test("names are darker than the paper around them, nearly always")
  func visible() {
    var generator = NamePatchGenerator()
    generator.turnedShare = 0
    var numbers = SeededGenerator(seed: 6)
    var (seen, all) = (0, 0)
    for _ in 0..<80 {
      let patch = generator.patch(using: &numbers)
      for mark in patch.marks where mark.kind.isName && mark.width > 12 {
        let box = Self.darkest(patch, x: mark.x, y: mark.y, w: mark.width / 2, h: mark.height / 2)
        let around = Self.median(patch, x: mark.x, y: mark.y, reach: 24)
        guard let box, let around else { continue }
        all += 1
        seen += box < around - 12 ? 1 : 0
      }
    }
    #expect(all > 300 && Double(seen) > 0.95 * Double(all), "\(seen) of \(all)")
  }

  private static func greys(
    _ patch: NamePatch, _ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>
  ) -> [Int]? {
    guard xs.lowerBound >= 0, ys.lowerBound >= 0, xs.upperBound < 256, ys.upperBound < 256 else {
      return nil
    }
    var values: [Int] = []
    for y in Int(ys.lowerBound)...Int(ys.upperBound) {
      for x in Int(xs.lowerBound)...Int(xs.upperBound) {
        let i = 3 * (y * 256 + x)
        values.append(patch.raster.bytes[i..<(i + 3)].reduce(0) { $0 + Int($1) } / 3)
      }
    }
    return values.sorted()
  }

  private static func darkest(
    _ patch: NamePatch, x: Double, y: Double, w: Double, h: Double
  ) -> Int? {
    greys(patch, (x - w)...(x + w), (y - h)...(y + h)).map { $0[$0.count / 12] }
  }

  private static func median(_ patch: NamePatch, x: Double, y: Double, reach: Double) -> Int? {
    greys(patch, (x - reach)...(x + reach), (y - reach)...(y + reach)).map { $0[$0.count / 2] }
  }
}
