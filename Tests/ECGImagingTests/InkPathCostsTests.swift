import ECGCore
import ECGImaging
import Testing

@Suite("Cheapest path through ink")
struct InkPathCostsTests {
  /// Ink drawn as text: `#` is full ink, `.` is paper.
  static func plane(_ drawing: [String]) -> Plane<PageSpace> {
    Plane(
      width: drawing[0].count, height: drawing.count,
      values: drawing.flatMap { $0.map { $0 == "#" ? 1 : 0 } })
  }

  @Test("follows a line and a peak, and nothing beside them")
  func linePeak() {
    let ink = Self.plane([
      "......#.......",
      "......#.......",
      "......#.......",
      "#######.######",
      "........#.....",
      "..............",
    ])
    let costs = InkPathCosts(
      ink, columns: 0..<14, rows: 0..<6, baseline: [Float](repeating: 3, count: 14),
      pixelsPerMillimeter: 8)
    for x in 0..<6 { #expect(costs.bestRows(x) == 3...3, "column \(x)") }
    #expect(costs.bestRows(10) == 3...3)
    #expect(costs.through[2 * 6 + 4] > 0.1)
    #expect(costs.through[2 * 6 + 2] > 0.1)
  }

  @Test("its least cost through any column is that of the best path")
  func consistent() {
    var generator = SystemRandomNumberGenerator()
    let values = (0..<(30 * 20)).map { _ in Float.random(in: 0...1, using: &generator) }
    let costs = InkPathCosts(
      Plane(width: 30, height: 20, values: values), columns: 0..<30, rows: 0..<20,
      baseline: [Float](repeating: 9, count: 30), pixelsPerMillimeter: 8)
    for x in 0..<30 {
      let least = (0..<20).map { costs.through[x * 20 + $0] }.min() ?? 1
      #expect(abs(least) < 1e-3, "column \(x)")
    }
  }
}
