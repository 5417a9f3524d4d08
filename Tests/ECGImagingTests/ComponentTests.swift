import ECGCore
import ECGImaging
import Testing

@Suite("Connected pieces")
struct ComponentTests {
  private static func plane(_ drawing: [String]) -> Plane<PageSpace> {
    Plane(
      width: drawing[0].count, height: drawing.count,
      values: drawing.joined().map { $0 == "#" ? 1 : $0 == "+" ? 0.4 : 0 })
  }

  @Test("pixels that touch, corners included, are one piece; pieces come by their first pixels")
  func pieces() {
    let ink = Self.plane([
      "#...#..#",
      ".#..#..#",
      "..#.....",
      "...+...#",
    ])
    let pieces = InkComponents(ink, threshold: 0.5, largest: ink.size).components
    #expect(pieces.map(\.columns) == [0...2, 4...4, 7...7, 7...7])
    #expect(pieces.map(\.rows) == [0...2, 0...1, 0...1, 3...3])
    #expect(pieces.map { $0.pixels.sorted() } == [[0, 9, 18], [4, 12], [7, 15], [31]])
    let paler = InkComponents(ink, threshold: 0.3, largest: ink.size).components
    #expect(paler.first?.pixels.count == 4)
  }

  @Test("what is wider or taller than the limit is left out")
  func largest() {
    let ink = Self.plane([
      "####.#",
      "......",
      "##...#",
      ".....#",
    ])
    let pieces = InkComponents(ink, threshold: 0.5, largest: PixelSize(width: 3, height: 3))
    #expect(pieces.components.map(\.pixels.count) == [1, 2, 2])
  }
}
